/** Values in the shape that the API describes. */
import { FIXED } from './fixed';
import { meant, shapeOf, type Schema } from './schema';
import { numberOf, stringOf, type Field, type Language } from './values';

type Fix = (index: number, setting: Setting) => object;

export interface Setting {
  language: Language;
  /** How many a list inside of something holds. */
  inner: number;
}

/** So many most lists inside of something hold where there is little; these hold another number. */
export const LITTLE = 2;
const LITTLE_INSIDE: Readonly<Record<string, number>> = {
  'FieldRoundOut.cases': 5,
  'HistoryOut.rounds': 1,
  'IncidentOut.rounds': 1,
  'OpenPart.rows': 5,
};
/** Deeper than this an optional part is missing: shapes may hold themselves. */
const DEEP = 5;
/** How many a list in a list holds, and one in that. */
const INSIDE_ROWS = [Infinity, Infinity, 3, 3];
const FEW = 1;
/** Lists that say what may be done or what is amiss: none, unless `fixed.ts` says which. */
const SAYS = new Set(['moves', 'failed', 'broken', 'differs', 'without_days', 'awaited']);

function objectOf(schema: Schema, field: Field, setting: Setting, depth: number): object {
  const made = Object.entries(schema.properties ?? {}).map(([name, inner]) => {
    const own = { ...field, name };
    return [name, valueOf(inner, own, setting, depth + 1)];
  });
  return Object.fromEntries(made) as object;
}

function listOf(schema: Schema, field: Field, setting: Setting, depth: number): unknown[] {
  if (schema.prefixItems !== undefined) {
    return schema.prefixItems.map((one, index) => valueOf(one, { ...field, index }, setting, depth));
  }
  if (SAYS.has(field.name)) return [];
  const little = setting.inner === LITTLE ? LITTLE_INSIDE[`${field.shape}.${field.name}`] : undefined;
  const wanted = little ?? Math.min(INSIDE_ROWS[depth] ?? FEW, setting.inner);
  const least = schema.minItems ?? 0;
  const length = Math.max(least, Math.min(schema.maxItems ?? Infinity, wanted));
  return rowsOf(schema.items ?? {}, field, setting, { from: 0, to: length }, depth);
}

/** The rows of a list from one index to another. */
export function rowsOf(
  schema: Schema,
  field: Field,
  setting: Setting,
  { from, to }: { from: number; to: number },
  depth = 1,
): unknown[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, place) =>
    valueOf(schema, { ...field, index: from + place }, setting, depth),
  );
}

const bounded = ({ minimum: least, maximum: most }: Schema) => ({ least, most });

/** How a value of each type is made; what has none is nothing. */
const PLAIN: Record<string, (schema: Schema, field: Field) => unknown> = {
  string: (schema, field) => stringOf(field, schema.format),
  integer: (schema, field) => numberOf(field, { whole: true, ...bounded(schema) }),
  number: (schema, field) => numberOf(field, { whole: false, ...bounded(schema) }),
  boolean: () => false,
};

/** The first of some schemas that is not nothing. */
function anyOf(some: readonly Schema[], field: Field, setting: Setting, depth: number): unknown {
  const first = some.find(({ type }) => type !== 'null');
  return first === undefined || depth > DEEP ? null : valueOf(first, field, setting, depth);
}

/** A value of a schema that is neither a choice nor a constant. */
function madeOf(schema: Schema, field: Field, setting: Setting, depth: number): unknown {
  if (schema.anyOf !== undefined) return anyOf(schema.anyOf, field, setting, depth);
  if (schema.type === 'array') return listOf(schema, field, setting, depth);
  if (schema.type !== 'object') return PLAIN[schema.type ?? '']?.(schema, field) ?? null;
  const fix: Fix | undefined = FIXED[field.shape as keyof typeof FIXED];
  return { ...objectOf(schema, field, setting, depth), ...fix?.(field.index, setting) };
}

/** A value of a schema; what `fixed.ts` says of its shape stands above what its fields are called. */
export function valueOf(given: Schema, field: Field, setting: Setting, depth = 0): unknown {
  const shape = shapeOf(given);
  const schema = meant(given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[field.index % schema.enum.length];
  return madeOf(schema, shape === '' ? field : { ...field, shape }, setting, depth);
}
