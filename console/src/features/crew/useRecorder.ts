import { useEffect, useRef, useState } from 'react';

/** A note ends by itself after this long. */
const LONGEST_NOTE_S = 60;
/** Voice needs no more; a minute takes a fifth of what the server keeps. */
const BITS_PER_SECOND = 24_000;
const FORMS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

export type RecorderState = 'idle' | 'recording' | 'denied';

export interface VoiceNote {
  content: Blob;
  seconds: number;
}

export interface Recorder {
  state: RecorderState;
  start: () => void;
  stop: () => void;
}

/** Record one voice note at a time. The microphone is let go as soon as a note ends. */
export function useRecorder(onNote: (note: VoiceNote) => void): Recorder {
  const [state, setState] = useState<RecorderState>('idle');
  const running = useRef<MediaRecorder | null>(null);
  const heard = useRef(onNote);
  useEffect(() => {
    heard.current = onNote;
  }, [onNote]);
  useEffect(() => () => running.current?.stop(), []);

  const start = async (): Promise<void> => {
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = FORMS.find((form) => MediaRecorder.isTypeSupported(form));
    const recorder = new MediaRecorder(sound, {
      audioBitsPerSecond: BITS_PER_SECOND,
      ...(mimeType === undefined ? {} : { mimeType }),
    });
    const parts: Blob[] = [];
    const began_ms = performance.now();
    const limit = setTimeout(() => recorder.stop(), LONGEST_NOTE_S * 1_000);
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearTimeout(limit);
      sound.getTracks().forEach((track) => track.stop());
      running.current = null;
      setState('idle');
      const seconds = Math.max(1, Math.round((performance.now() - began_ms) / 1_000));
      heard.current({ content: new Blob(parts, { type: recorder.mimeType }), seconds });
    };
    recorder.start();
    running.current = recorder;
    setState('recording');
  };

  return {
    state,
    start: () => void start().catch(() => setState('denied')),
    stop: () => running.current?.stop(),
  };
}
