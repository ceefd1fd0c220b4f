/** The call while it is taken. */
import type { AnswerIn, Kind, LineIn, PlaceRead, Reading, ReportIn } from '../../api/types';

export interface Spot {
  lon: number;
  lat: number;
  /** What the place is called; empty for a click on the map. */
  name: string;
}

export interface Draft {
  text: string;
  spot: Spot | null;
  /** Chosen by hand; null while the proposal from the text stands. */
  kind: string | null;
  /** Chosen by hand; null while the one that kind and answers propose stands. */
  priority: number | null;
  /** Answers given by hand, by question; the others are as the words say. */
  answers: Readonly<Record<string, string | number>>;
  telephone: string;
  callerName: string;
  /** When the first word was typed, by the server's clock. */
  answeredAt: string | null;
}

export const EMPTY: Draft = {
  text: '',
  spot: null,
  kind: null,
  priority: null,
  answers: {},
  telephone: '',
  callerName: '',
  answeredAt: null,
};

export type Field = 'spot' | 'kind';

/** As many characters of a line as the server reads. */
const LINE_LIMIT_CHARACTERS = 2_000;

function answersIn(answers: Draft['answers']): AnswerIn[] {
  return Object.entries(answers).map(([question, answer]) => ({ question, answer }));
}

/** Whether there is anything to read: words, or a kind chosen by hand. */
export function saysSomething({ text, kind }: Draft): boolean {
  return text.trim() !== '' || kind !== null;
}

/** What is asked about a line: the words, and what stands before them because it was chosen. */
export function lineOf({ text, kind, answers }: Draft): LineIn {
  return { text: text.slice(0, LINE_LIMIT_CHARACTERS), kind, answers: answersIn(answers) };
}

export function spotOf(place: Pick<PlaceRead, 'lon' | 'lat' | 'name'>): Spot {
  return { lon: place.lon, lat: place.lat, name: place.name };
}

/** The place that the words name; none where that is no more than a guess. */
export function suggestedSpot({ places }: Pick<Reading, 'places'>): Spot | null {
  const place = places.find(({ confidence }) => confidence !== 'UNSURE');
  return place ? spotOf(place) : null;
}

/** The call as it would be sent: what was chosen, else what the words say. */
export interface Told {
  kind: Kind | undefined;
  spot: Spot | null;
  /** The one chosen by hand, else what kind and answers propose. */
  priority: number | null;
  answers: AnswerIn[];
}

function answersTold({ questions }: Pick<Reading, 'questions'>): AnswerIn[] {
  return questions.flatMap(({ code: question, given }) =>
    given === null ? [] : [{ question, answer: given }],
  );
}

type Read = Pick<Reading, 'kind' | 'priority' | 'places' | 'questions'>;

const NOTHING_READ: Read = { kind: null, priority: null, places: [], questions: [] };

export function toldBy(draft: Draft, reading: Read | undefined, kinds: readonly Kind[]): Told {
  const read = reading ?? NOTHING_READ;
  const code = draft.kind ?? read.kind?.code;
  const kind = kinds.find((one) => one.code === code);
  return {
    kind,
    spot: draft.spot ?? suggestedSpot(read),
    priority: draft.priority ?? read.priority ?? kind?.priority ?? null,
    answers: answersTold(read),
  };
}

/** What still has to be said before help can be sent, in the order of the form. */
export function missingIn({ kind, spot }: Told): Field[] {
  const missing: Field[] = [];
  if (spot === null) missing.push('spot');
  if (kind === undefined) missing.push('kind');
  return missing;
}

/** The call as the API takes it; null while something is missing. Words may still follow. */
export function reportOf(
  draft: Draft,
  { kind, spot, answers }: Told,
  callId: string | null,
  attachTo: string | null,
): ReportIn | null {
  if (spot === null || kind === undefined) return null;
  const telephone = draft.telephone.trim();
  return {
    channel: 'PHONE',
    kind: kind.code,
    lon: spot.lon,
    lat: spot.lat,
    place_text: spot.name,
    text: draft.text.trim(),
    answers,
    ...(draft.priority === null ? {} : { priority: draft.priority }),
    ...(callId === null ? {} : { call_id: callId }),
    ...(callId !== null || draft.answeredAt === null ? {} : { answered_at: draft.answeredAt }),
    ...(telephone === '' ? {} : { contact: { telephone, name: draft.callerName.trim() } }),
    ...(attachTo === null ? {} : { attach_to: attachTo }),
  };
}
