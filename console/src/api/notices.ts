/** What the server's event stream says, and what each notice does to the rows on screen. */
import type { Assignment, IncidentRow, Unit, UnitStatus } from './types';

export interface UnitMoved {
  unit_id: string;
  lon: number;
  lat: number;
  at: string;
  heading?: number | null;
}

/** Where units stand that have moved, many in one notice. */
export interface UnitsMoved {
  units: UnitMoved[];
}

/** Insert or replace one row by its id; a new row comes first. */
export function withRow<T extends { id: string }>(rows: readonly T[], row: T): T[] {
  const index = rows.findIndex(({ id }) => id === row.id);
  return index < 0 ? [row, ...rows] : rows.with(index, row);
}

/** The open incidents after one of them changed: one that is no longer open leaves the list. */
export function withIncident(rows: readonly IncidentRow[], row: IncidentRow): IncidentRow[] {
  if (row.state === 'OPEN') return withRow(rows, row);
  return rows.filter(({ id }) => id !== row.id);
}

const BUSY: Partial<Record<Assignment['state'], UnitStatus>> = {
  ASSIGNED: 'ASSIGNED',
  EN_ROUTE: 'EN_ROUTE',
  ON_SCENE: 'ON_SCENE',
};

/** The units after one assignment made a move. An ended one frees only the unit that it held. */
export function withAssignment(units: readonly Unit[], assignment: Assignment): Unit[] {
  const status = BUSY[assignment.state];
  return units.map((unit) => {
    if (unit.id !== assignment.unit_id) return unit;
    if (status !== undefined) {
      const { id, incident_id, incident_number, state } = assignment;
      return { ...unit, status, assignment: { id, incident_id, incident_number, state } };
    }
    if (unit.assignment !== null && unit.assignment.id !== assignment.id) return unit;
    return { ...unit, status: unit.duty === 'ON_DUTY' ? 'AVAILABLE' : 'OFF_DUTY', assignment: null };
  });
}

/** The units after some of them moved. An older position never replaces a newer one. */
export function withPositions(
  units: readonly Unit[],
  moved: ReadonlyMap<string, UnitMoved>,
): Unit[] {
  return units.map((unit) => {
    const position = moved.get(unit.id);
    if (position === undefined) return unit;
    if (unit.positioned_at !== null && Date.parse(unit.positioned_at) > Date.parse(position.at)) {
      return unit;
    }
    return { ...unit, lon: position.lon, lat: position.lat, positioned_at: position.at };
  });
}
