/** How far long work of an operator is. */
export interface Step {
  /** What is being done, in a few words. */
  readonly step: string;
  /** Of this step, from 0 to 1. */
  readonly share: number;
}

export type OnStep = (step: Step) => void;
