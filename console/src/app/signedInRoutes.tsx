import { Route } from 'react-router';

import { CasePage } from '../features/casework/CasePage';
import { CasesPage } from '../features/casework/CasesPage';
import { CrewPage } from '../features/crew/CrewPage';
import { AfterCall } from '../features/dispatch/AfterCall';
import { IncidentPage } from '../features/dispatch/IncidentPage';
import { MapPage } from '../features/dispatch/MapPage';
import { QueuePage } from '../features/dispatch/QueuePage';
import { UnitsPage } from '../features/dispatch/UnitsPage';
import { CallPage } from '../features/intake/CallPage';
import { OverviewPage } from '../features/overview/OverviewPage';

/** The screens of a signed-in person by address. Here features meet that do not know each other. */
export const signedInRoutes = (
  <>
    <Route path="/crew" element={<CrewPage />} />
    <Route path="/call" element={<CallPage Dispatch={AfterCall} />} />
    <Route path="/map" element={<MapPage />} />
    <Route path="/incidents" element={<QueuePage />} />
    <Route path="/incidents/:id" element={<IncidentPage />} />
    <Route path="/units" element={<UnitsPage />} />
    <Route path="/cases" element={<CasesPage />} />
    <Route path="/cases/:id" element={<CasePage />} />
    <Route path="/overview" element={<OverviewPage />} />
  </>
);
