/** For what somebody reads: said with every request, since protected fields are shown for a purpose. */

/** The purpose, as a header; as `seen_for` in the address of a picture or a stream. */
export const PURPOSE_HEADER = 'Anlan-Purpose';

/** Screens that are for something else than a role's usual purpose, by the beginning of the address. */
const BY_SCREEN: readonly (readonly [string, string])[] = [
  ['/call', 'CALLS'],
  ['/cases', 'CASEWORK'],
  ['/joint-tasks', 'CASEWORK'],
  ['/volunteers', 'CASEWORK'],
  ['/replay', 'REVIEW'],
  ['/evaluation', 'EVALUATION'],
];

/** Where the console stands on its server. */
const BASE = '/console';

let allowed: readonly string[] = [];

/** Take in for what the signed-in person may read, the usual purpose first. */
export function allowPurposes(purposes: readonly string[]): void {
  allowed = purposes;
}

/** The purpose that comes with a person's role; empty while nobody is known. */
export function usualPurpose(): string {
  return allowed[0] ?? '';
}

/** The purpose of the screen that is open. */
export function purposeHere(path = window.location.pathname): string {
  const wanted = BY_SCREEN.find(
    ([start]) => path === BASE + start || path.startsWith(`${BASE}${start}/`),
  )?.[1];
  return wanted !== undefined && allowed.includes(wanted) ? wanted : usualPurpose();
}

/** The address of a picture or a recording, with the purpose that it is looked at for. */
export function seenFor(address: string, purpose = purposeHere()): string {
  return purpose === '' ? address : `${address}?seen_for=${purpose}`;
}
