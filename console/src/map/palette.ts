/** Colours of the map by day and by night: quiet, so that what happens stands out. */
export interface Palette {
  land: string;
  water: string;
  shore: string;
  green: string;
  building: string;
  buildingTop: string;
  road: string;
  roadMain: string;
  roadEdge: string;
  path: string;
  rail: string;
  border: string;
  label: string;
  labelSoft: string;
  halo: string;
  cell: string;
  /** Streets that help reaches soon. */
  reach: string;
  /** What is open and waits for a department. */
  matter: string;
  /** What is closed, or late. */
  alarm: string;
  route: string;
}

export const DAY: Palette = {
  land: '#eef0ee',
  water: '#bcd7e6',
  shore: '#9cc1d6',
  green: '#d9e6d3',
  building: '#d5d6d6',
  buildingTop: '#e3e3e2',
  road: '#ffffff',
  roadMain: '#fff7df',
  roadEdge: '#cfd3d6',
  path: '#d9d4cb',
  rail: '#b9bcc2',
  border: '#8d86a6',
  label: '#2c3a45',
  labelSoft: '#5a6872',
  halo: '#f7f8f7',
  cell: '#0b648f',
  reach: '#0a7350',
  matter: '#6b3fa0',
  alarm: '#c11a2b',
  route: '#0b648f',
};

export const NIGHT: Palette = {
  land: '#121a21',
  water: '#0c2433',
  shore: '#15394f',
  green: '#15241d',
  building: '#1d2a35',
  buildingTop: '#283845',
  road: '#2a3742',
  roadMain: '#3a4650',
  roadEdge: '#0e151b',
  path: '#232e37',
  rail: '#2b3640',
  border: '#6d678a',
  label: '#d3dde5',
  labelSoft: '#94a4b0',
  halo: '#10171d',
  cell: '#5cb8e6',
  reach: '#4fd1a0',
  matter: '#c3a1ee',
  alarm: '#ff6b6b',
  route: '#5cb8e6',
};
