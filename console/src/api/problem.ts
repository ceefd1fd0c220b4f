/** What the server answered when it refused: one RFC 9457 problem document as an error. */
interface ProblemDocument {
  title?: string;
  detail?: string;
  status?: number;
  code?: string;
  field?: string | null;
  rule?: string | null;
  facts?: Record<string, unknown>;
}

/** Code of a problem that is no answer at all: the server was not reached. */
export const UNREACHABLE = 'unreachable';

/** Code of a server that is there while its database is not. */
export const DATABASE_AWAY = 'database.away';

/** Code of a write that was sent, of which the database could not say whether it stays: its key finds out. */
export const OUTCOME_UNKNOWN = 'outcome.unknown';

/** Status of a server of which a part is away: the same request may be sent again. */
export const AWAY = 503;

/** Status of a refusal for want of a permission: the same request is refused again. */
export const DENIED = 403;

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  readonly rule: string | null;
  readonly detail: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(document: ProblemDocument, status: number) {
    super(document.title ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = document.code ?? `http_${status}`;
    this.field = document.field ?? null;
    this.rule = document.rule ?? null;
    this.detail = document.detail ?? '';
    this.facts = document.facts ?? {};
  }
}

/** Turn anything thrown while calling the server into a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : '';
  return new Problem({ code: UNREACHABLE, detail }, 0);
}

function isProblemDocument(value: unknown): value is ProblemDocument {
  return typeof value === 'object' && value !== null;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer.
 *
 * @throws Problem for every other one.
 */
export function bodyOf<T>({ data, error, response }: Answer<T>): T {
  if (response.ok) return data as T;
  throw new Problem(isProblemDocument(error) ? error : {}, response.status);
}
