/** What a session's owner is told of the device it is on: no more than what a person would call it by. */
export const DEVICE_KINDS = ["computer", "tablet", "phone", "other"] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export interface Device {
  readonly kind: DeviceKind;
  /** Such as `Chrome` or `WeChat`; null where the device does not tell. */
  readonly browser: string | null;
  /** Such as `Windows` or `Android`. */
  readonly system: string | null;
}
