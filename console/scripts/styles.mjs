/** Which styles are dead: classes and tokens that nothing uses, and those used that nothing defines. */
import ts from 'typescript';

const COMMENT = /\/\*.*?\*\//gsu;
const RULE_HEAD = /([^{};]+)\{/gu;
const CLASS = /\.([A-Za-z][\w-]*)/gu;
const PROPERTY = /(?<=[{;\s])--([\w-]+)\s*:/gu;
const VARIABLE = /var\(--([\w-]+)/gu;
/** Set by React Aria and the browser's own sizes, not by a style sheet. */
const SET_ELSEWHERE = new Set(['trigger-width']);
/** Classes that a library puts on elements of its own. */
const OF_LIBRARIES = /^maplibregl-/u;

const words = (text) => text.split(/\s+/u).filter((word) => word !== '');

/**
 * What a style sheet defines, and which tokens it uses.
 * @param {string} css
 */
export function definedIn(css) {
  const text = css.replace(COMMENT, '');
  const heads = [...text.matchAll(RULE_HEAD)].map(([, head]) => head.trim());
  const selectors = heads.filter((head) => !head.startsWith('@'));
  return {
    classes: selectors.flatMap((one) => [...one.matchAll(CLASS)].map(([, name]) => name)),
    tokens: [...text.matchAll(PROPERTY)].map(([, name]) => name),
    asked: [...text.matchAll(VARIABLE)].map(([, name]) => name),
  };
}

/** A template as one text, a mark in the place of each value. */
const HOLE = '\u0000';

function drawn({ head, templateSpans }) {
  return templateSpans.reduce((text, { literal }) => `${text}${HOLE}${literal.text}`, head.text);
}

/** The whole words of a template: those that touch no value. */
function wholeWords(template) {
  return words(drawn(template)).filter((word) => !word.includes(HOLE));
}

/** How names begin that a template ends at run time: `mark--` of `mark--${level}`. */
function opened(template) {
  const pieces = words(drawn(template)).filter((word) => word.includes(HOLE));
  return pieces.map((word) => word.split(HOLE)[0]).filter((one) => one !== '');
}

/** The values of a template that stand alone: a name of their own, not a piece of one. */
function alone({ head, templateSpans }) {
  const before = [head, ...templateSpans.map(({ literal }) => literal)].map(({ text }) => text);
  return templateSpans.filter(
    ({ literal }, at) => /(?:^|\s)$/u.test(before[at]) && /^(?:\s|$)/u.test(literal.text),
  );
}

/** The classes that an expression surely may answer; what it only compares with is left out. */
function answered(node) {
  if (ts.isStringLiteralLike(node)) return words(node.text);
  if (ts.isTemplateExpression(node)) {
    return [...wholeWords(node), ...alone(node).flatMap(({ expression }) => answered(expression))];
  }
  if (ts.isConditionalExpression(node)) return [...answered(node.whenTrue), ...answered(node.whenFalse)];
  if (ts.isJsxExpression(node)) return node.expression ? answered(node.expression) : [];
  if (ts.isParenthesizedExpression(node)) return answered(node.expression);
  return [];
}

/**
 * What a source file says: every word of its strings, how names begin that it puts together, and the
 * classes that it certainly gives to elements.
 * @param {string} source
 */
export function saidIn(source) {
  const file = ts.createSourceFile('a.tsx', source, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const said = { words: [], beginnings: [], classes: [] };
  const look = (node) => {
    if (ts.isStringLiteralLike(node)) said.words.push(...words(node.text));
    if (ts.isTemplateExpression(node)) {
      said.words.push(...wholeWords(node));
      said.beginnings.push(...opened(node).filter((one) => one.endsWith('--') || one.endsWith('__')));
      said.words.push(...opened(node));
    }
    if (ts.isJsxAttribute(node) && node.name.text === 'className' && node.initializer) {
      said.classes.push(...answered(node.initializer));
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return said;
}

/**
 * Every fault, in words.
 * @param {Record<string, string>} sheets style sheets by path
 * @param {Record<string, string>} sources source files by path
 */
export function faultsOf(sheets, sources) {
  const read = Object.entries(sheets).map(([path, css]) => ({ path, ...definedIn(css) }));
  const told = Object.entries(sources).map(([path, source]) => ({ path, ...saidIn(source) }));
  const spoken = new Set(told.flatMap((one) => one.words));
  const beginnings = [...new Set(told.flatMap((one) => one.beginnings))];
  const asked = new Set(read.flatMap((one) => one.asked));
  const isUsed = (name) => spoken.has(name) || beginnings.some((one) => name.startsWith(one));
  const classes = new Set(read.flatMap((one) => one.classes));
  const tokens = new Set(read.flatMap((one) => one.tokens));
  // The name of a block stands beside those of its parts and looks, which have the styles.
  const isStyled = (name) =>
    classes.has(name) || [...classes].some((one) => one.startsWith(`${name}--`) || one.startsWith(`${name}__`));
  const faults = [];
  for (const { path, ...sheet } of read) {
    const dead = new Set(sheet.classes.filter((one) => !OF_LIBRARIES.test(one) && !isUsed(one)));
    for (const name of dead) faults.push(`${path}: .${name} is never used`);
    const unread = new Set(sheet.tokens.filter((one) => !asked.has(one) && !spoken.has(one)));
    for (const name of unread) faults.push(`${path}: --${name} is never used`);
    const unknown = new Set(sheet.asked.filter((one) => !tokens.has(one) && !SET_ELSEWHERE.has(one)));
    for (const name of unknown) faults.push(`${path}: --${name} is not defined`);
  }
  for (const { path, classes: given } of told) {
    const bare = new Set(given.filter((name) => !isStyled(name)));
    for (const name of bare) faults.push(`${path}: .${name} has no style`);
  }
  return faults;
}
