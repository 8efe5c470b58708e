/** The soft sound of beans falling into a bowl. Made by the browser itself: no file, nothing fetched. */
import { DIMENSIONS, type Dimension } from "@doudou/shared/domain/words.ts";
import { afterPaint } from "#lib/ui/after-paint.ts";

/** One step of a pentatonic scale for each dimension, in Hz: any of them sound well together. */
const PITCHES = [392, 440, 523.25, 587.33, 659.25];
const LOUDNESS = 0.12;
const MOST_NOTES = 3;

let audio: AudioContext | undefined;

/**
 * Plays one short note a bean, at most three. Call it from a tap: browsers allow sound only then. It sounds right after
 * the next paint, because opening the audio device for the first time would hold the tap up.
 */
export function playBeans(dimension: Dimension, beans: number): void {
  afterPaint(() => play(dimension, beans));
}

function play(dimension: Dimension, beans: number): void {
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
  const pitch = PITCHES[DIMENSIONS.indexOf(dimension)] ?? 440;
  for (let note = 0; note < Math.min(Math.max(beans, 1), MOST_NOTES); note += 1) {
    playNote(audio, pitch * (1 + note * 0.125), audio.currentTime + note * 0.07);
  }
}

function playNote(context: AudioContext, pitch: number, at: number): void {
  const tone = new OscillatorNode(context, { type: "sine", frequency: pitch });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.24);
}
