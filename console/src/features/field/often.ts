/** Items that are a tap away: those reported here last, then those that are open in the cells. */
const STORAGE_KEY = 'anlan.often_items';
const LIMIT = 6;

function remembered(): string[] {
  const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
  return Array.isArray(kept) ? kept.filter((code) => typeof code === 'string') : [];
}

/** The codes offered first, at most six. */
export function oftenUsed(open: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const code of open) counts.set(code, (counts.get(code) ?? 0) + 1);
  const common = [...counts].sort(([, a], [, b]) => b - a).map(([code]) => code);
  return [...new Set([...remembered(), ...common])].slice(0, LIMIT);
}

/** Remember on this device that an item was reported. */
export function rememberItem(code: string): void {
  const codes = [code, ...remembered().filter((other) => other !== code)];
  localStorage.setItem(STORAGE_KEY, JSON.stringify(codes.slice(0, LIMIT)));
}
