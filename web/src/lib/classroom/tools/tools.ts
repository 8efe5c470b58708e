/**
 * The tools of the class page, in the order of the tray. A new one is an entry here and a component of its own, which
 * is fetched when it is first opened. Reactive to the language.
 */
import type { Component } from "svelte";
import ClipboardCheck from "@lucide/svelte/icons/clipboard-check";
import Dices from "@lucide/svelte/icons/dices";
import Hand from "@lucide/svelte/icons/hand";
import Presentation from "@lucide/svelte/icons/presentation";
import Timer from "@lucide/svelte/icons/timer";
import UsersRound from "@lucide/svelte/icons/users-round";
import { m } from "#lib/paraglide/messages.js";
import type { Classroom } from "../classroom.svelte.ts";

export interface ToolProps {
  readonly classroom: Classroom;
  readonly onClose: () => void;
}

export interface Tool {
  readonly id: string;
  readonly name: () => string;
  readonly icon: Component;
  /** A strip above the children leaves awarding free; what lies over the page is a dialog of its own. */
  readonly place: "strip" | "over";
  readonly load: () => Promise<{ default: Component<ToolProps> }>;
}

export const TOOLS: readonly Tool[] = [
  {
    id: "roll-call",
    name: m.tool_roll_call,
    icon: ClipboardCheck,
    place: "strip",
    load: () => import("./RollCallStrip.svelte"),
  },
  {
    id: "groups",
    name: m.groups_title,
    icon: UsersRound,
    place: "strip",
    load: () => import("./GroupStrip.svelte"),
  },
  {
    id: "picker",
    name: m.tool_picker,
    icon: Dices,
    place: "over",
    load: () => import("./RandomPicker.svelte"),
  },
  {
    id: "timer",
    name: m.tool_timer,
    icon: Timer,
    place: "strip",
    load: () => import("./TimerStrip.svelte"),
  },
  {
    id: "attention-sign",
    name: m.tool_sign,
    icon: Hand,
    place: "over",
    load: () => import("./AttentionSign.svelte"),
  },
  {
    id: "board",
    name: m.tool_board,
    icon: Presentation,
    place: "over",
    load: () => import("./BoardSheet.svelte"),
  },
];
