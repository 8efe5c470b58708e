/** Devices, roles and moments of an account, in the reader's words. */
import type { OwnSession } from "@doudou/shared/contract/account.ts";
import type { DeviceKind } from "@doudou/shared/domain/devices.ts";
import type { StaffRole } from "@doudou/shared/domain/staff.ts";
import { locale } from "#lib/locale.svelte.ts";
import { m } from "#lib/paraglide/messages.js";

const KINDS: Readonly<Record<DeviceKind, () => string>> = {
  computer: m.account_device_computer,
  tablet: m.account_device_tablet,
  phone: m.account_device_phone,
  other: m.account_device_other,
};

/** Such as `电脑 · Chrome · Windows`. */
export function deviceWords(device: OwnSession["device"]): string {
  if (device === null) return m.account_device_other();
  return [KINDS[device.kind](), device.browser, device.system].filter((part) => part !== null).join(" · ");
}

export function staffRoleWords(role: StaffRole): string {
  return role === "teacher" ? m.role_teacher() : m.role_school_admin();
}

/** Day and time of day, on this device. */
export function momentWords(instant: string): string {
  return inWords(instant, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
}

export function dateWords(instant: string): string {
  return inWords(instant, { month: "long", day: "numeric" });
}

/** The page that a link of the staff opens. What opens it stands behind the #, so that it reaches no log. */
export function joinAddress(token: string): string {
  return `${location.origin}/join/staff#${token}`;
}

function inWords(instant: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale() === "en" ? "en-GB" : locale(), parts).format(new Date(instant));
}
