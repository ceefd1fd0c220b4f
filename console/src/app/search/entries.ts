import type { LucideIcon } from 'lucide-react';

/** One thing that the box offers: an address to go to, or something to do. */
export interface Entry {
  id: string;
  name: string;
  /** What it is found by: its names in both languages. */
  names: readonly string[];
  /** What tells it from its neighbours, at the right. */
  detail?: string;
  /** The keys that do the same. */
  keys?: string;
  picture?: LucideIcon;
  to?: string;
  run?: () => void;
}

export interface Section {
  name: 'numbers' | 'units' | 'places' | 'screens' | 'views' | 'actions' | 'settings';
  entries: readonly Entry[];
}
