/** Sounds of the desk: short, different in rhythm and pitch, and off at a touch. */
import { useSyncExternalStore } from 'react';

export type SoundName = 'new' | 'warning' | 'breached';

const STORAGE_KEY = 'anlan.sound';
/** Two sounds never overlap: what comes sooner is only seen. */
const PAUSE_MS = 1_500;
const LOUDNESS = 0.12;
/** Tones one after the other: hertz and seconds. */
const TONES: Record<SoundName, readonly (readonly [number, number])[]> = {
  new: [
    [660, 0.12],
    [880, 0.18],
  ],
  warning: [[520, 0.3]],
  breached: [
    [330, 0.18],
    [330, 0.18],
    [262, 0.36],
  ],
};

const watchers = new Set<() => void>();
let on = localStorage.getItem(STORAGE_KEY) !== 'off';
let context: AudioContext | undefined;
let played_ms = -Infinity;

export function setSound(next: boolean): void {
  on = next;
  localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off');
  watchers.forEach((watcher) => watcher());
}

/** Whether sounds are on for this person at this machine. */
export function useSound(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => on,
  );
}

/** Play a sound, unless sounds are off or one has just been heard. Returns whether it plays. */
export function play(name: SoundName, now_ms: number): boolean {
  if (!on || now_ms - played_ms < PAUSE_MS) return false;
  played_ms = now_ms;
  context ??= new AudioContext();
  // A browser keeps a page silent until it was touched once; signing in is such a touch.
  void context.resume();
  let start_s = context.currentTime;
  for (const [hertz, seconds] of TONES[name]) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(LOUDNESS, start_s);
    gain.gain.exponentialRampToValueAtTime(0.001, start_s + seconds);
    tone.connect(gain).connect(context.destination);
    tone.start(start_s);
    tone.stop(start_s + seconds);
    start_s += seconds;
  }
  return true;
}
