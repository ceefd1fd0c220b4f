/** Every screen of the console, and who looks at it. A screen without a line here fails a test. */
import { idOf } from './values';

export interface Screen {
  /** Who needs the screen. */
  role: string;
  /** The address, where it is about one thing. */
  address?: string;
  /** Screens that are held in the hand. */
  phone?: true;
  /** Nobody is signed in. */
  visitor?: true;
}

const one = (entity: string): string => idOf(entity, 0);

export const SCREENS: Record<string, Screen> = {
  '/account': { role: 'SUPERVISOR' },
  '/accounts': { role: 'ADMINISTRATOR' },
  '/crew': { role: 'CREW', phone: true },
  '/field': { role: 'GRID_OFFICER', phone: true },
  '/call': { role: 'SUPERVISOR' },
  '/map': { role: 'SUPERVISOR' },
  '/next': { role: 'SUPERVISOR' },
  '/incidents': { role: 'SUPERVISOR' },
  '/incidents/:id': { role: 'SUPERVISOR', address: `/incidents/${one('incident')}` },
  '/incidents/:id/review': { role: 'SUPERVISOR', address: `/incidents/${one('incident')}/review` },
  '/plan': { role: 'SUPERVISOR' },
  '/run-cards': { role: 'SUPERVISOR' },
  '/units': { role: 'SUPERVISOR' },
  '/units/:id': { role: 'SUPERVISOR', address: `/units/${one('unit')}` },
  '/closures': { role: 'SUPERVISOR' },
  '/cases': { role: 'SUPERVISOR' },
  '/cases/:id': { role: 'SUPERVISOR', address: `/cases/${one('case')}` },
  '/joint-tasks': { role: 'SUPERVISOR' },
  '/joint-tasks/new': { role: 'SUPERVISOR' },
  '/joint-tasks/:id': { role: 'SUPERVISOR', address: `/joint-tasks/${one('jointtask')}` },
  '/volunteers': { role: 'SUPERVISOR' },
  '/volunteers/:id': { role: 'SUPERVISOR', address: `/volunteers/${one('volunteertask')}` },
  '/catalogue': { role: 'SUPERVISOR' },
  '/routing': { role: 'SUPERVISOR' },
  '/routing/:id': { role: 'SUPERVISOR', address: `/routing/${one('routingtable')}` },
  '/planner': { role: 'SUPERVISOR' },
  '/evaluation': { role: 'SUPERVISOR' },
  '/gallery': { role: 'ADMINISTRATOR' },
  '/inbox': { role: 'AGENCY_DESK' },
  '/agreements': { role: 'ADMINISTRATOR' },
  '/warnings': { role: 'SUPERVISOR' },
  '/overview': { role: 'SUPERVISOR' },
  '/wall': { role: 'SUPERVISOR' },
  '/reports': { role: 'SUPERVISOR' },
  '/handover': { role: 'SUPERVISOR' },
  '/handover/:id': { role: 'SUPERVISOR', address: `/handover/${one('handover')}` },
  '/audit': { role: 'AUDITOR' },
  '/broken-glass': { role: 'AUDITOR' },
  '/replay': { role: 'SUPERVISOR' },
  '/sign-in': { role: '', visitor: true },
};

/** Where a story is opened. */
export function addressOf(path: string, screen: Screen): string {
  return `/console${screen.address ?? path}`;
}
