/** The names under which reads are cached. */
export const keys = {
  session: ['session'],
  city: ['city'],
  kinds: ['kinds'],
  items: ['items'],
  organisations: ['organisations'],
  gridCells: ['grid-cells'],
  units: ['units'],
  unit: (id: string) => ['units', id],
  crewMembers: ['crew-members'],
  openIncidents: ['incidents', 'open'],
  pastIncidents: ['incidents', 'past'],
  incident: (id: string) => ['incident', id],
  assignments: ['assignments'],
  cases: ['cases'],
  case: (id: string) => ['case', id],
  tallies: ['tallies'],
} as const;
