/**
 * The frame of pages that staff and others share. Staff have their outbox in it; a family loads nothing of that.
 */
import type { Component, Snippet } from "svelte";
import { session } from "#lib/session.svelte.ts";
import AppShell from "./AppShell.svelte";

/** For the `load` of such pages, so that the frame is there when they are drawn. Call it once somebody is signed in. */
export async function shellOfReader(): Promise<Component<{ children: Snippet }>> {
  return session.isStaff ? (await import("./StaffShell.svelte")).default : AppShell;
}
