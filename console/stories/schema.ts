/** The part of JSON Schema that `api/openapi.json` speaks, and its operations. */
import { readFileSync } from 'node:fs';

export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: readonly (string | number)[];
  const?: string | number;
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  prefixItems?: readonly Schema[];
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  additionalProperties?: Schema | boolean;
}

interface Answer {
  content?: Readonly<Record<string, { schema?: Schema }>>;
}

export interface Operation {
  operationId: string;
  parameters?: readonly { name: string; in: string; schema: Schema }[];
  responses: Readonly<Record<string, Answer>>;
}

interface Document {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: { schemas: Readonly<Record<string, Schema>> };
}

const FILE = new URL('../../api/openapi.json', import.meta.url);
const DOCUMENT = JSON.parse(readFileSync(FILE, 'utf8')) as Document;
const ROOMS = '#/components/schemas/';

/** The name of the shape that a schema refers to; empty where it stands for itself. */
export function shapeOf(schema: Schema): string {
  return schema.$ref?.slice(ROOMS.length) ?? '';
}

/** What a schema says, its reference followed. */
export function meant(schema: Schema): Schema {
  const shape = shapeOf(schema);
  if (shape === '') return schema;
  const found = DOCUMENT.components.schemas[shape];
  if (found === undefined) throw new Error(`There is no shape ${shape}.`);
  return found;
}

export interface Asked {
  operation: Operation;
  /** What stands in the place of the path's parameters, in their order. */
  named: readonly string[];
}

const PATHS = Object.entries(DOCUMENT.paths).map(([path, methods]) => ({
  methods,
  // Words before parameters: `/handovers/new` is no handover.
  fixed: path.replace(/\{[^}]+\}/gu, '').length,
  pattern: new RegExp(`^${path.replace(/\{[^}]+\}/gu, '([^/]+)')}$`, 'u'),
}));
PATHS.sort((one, other) => other.fixed - one.fixed);

/** The operation that a request asks for; none where the API has none. */
export function operationAt(method: string, path: string): Asked | null {
  for (const { pattern, methods } of PATHS) {
    const operation = methods[method.toLowerCase()];
    const found = pattern.exec(path);
    if (operation !== undefined && found !== null) return { operation, named: found.slice(1) };
  }
  return null;
}

/** How a good answer of an operation is called and shaped; no shape where it has no JSON body. */
export function goodAnswer({ responses }: Operation): { status: number; schema: Schema | null } {
  const [status = '204', answer] =
    Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
  const body = answer?.content?.['application/json']?.schema;
  return { status: Number(status), schema: body ?? null };
}

/** Every read of the API, by its path. */
export function reads(): { path: string; operation: Operation }[] {
  return Object.entries(DOCUMENT.paths).flatMap(([path, { get }]) =>
    get === undefined ? [] : [{ path, operation: get }],
  );
}
