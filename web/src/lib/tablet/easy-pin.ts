/** PINs that a child guesses at once: one digit six times, counting up or down, a pair or three digits over and over. */
export function isEasyPin(pin: string): boolean {
  const steps = Array.from({ length: 5 }, (_, at) => Number(pin[at + 1]) - Number(pin[at]));
  const isCounting = steps.every((step) => step === steps[0]) && Math.abs(steps[0] ?? 0) <= 1;
  return isCounting || /^(\d\d)\1\1$/.test(pin) || /^(\d{3})\1$/.test(pin) || /^(\d)\1\1(\d)\2\2$/.test(pin);
}
