import { lazy } from 'react';
import { Route } from 'react-router';

import { later } from './later';

// Each screen is fetched when it is first opened; the map and its library only with the first map.
const AccountPage = later(async () => (await import('../features/account/AccountPage')).AccountPage);
const AccountsPage = later(async () => (await import('../features/accounts/AccountsPage')).AccountsPage);
const GalleryPage = later(async () => (await import('../features/gallery/GalleryPage')).GalleryPage);
const InboxPage = later(async () => (await import('../features/dispatch/agencies/InboxPage')).InboxPage);
const AgreementsPage = later(async () => (await import('../features/dispatch/agencies/AgreementsPage')).AgreementsPage);
const WarningsPage = later(async () => (await import('../features/warnings/WarningsPage')).WarningsPage);
const ClosuresPage = later(async () => (await import('../features/closures/ClosuresPage')).ClosuresPage);
const CasePage = later(async () => (await import('../features/casework/CasePage')).CasePage);
const CasesPage = later(async () => (await import('../features/casework/CasesPage')).CasesPage);
const JointTasksPage = later(async () => (await import('../features/casework/JointTasksPage')).JointTasksPage);
const JointTaskPage = later(async () => (await import('../features/casework/JointTaskPage')).JointTaskPage);
const CallUpPage = later(async () => (await import('../features/casework/CallUpPage')).CallUpPage);
const VolunteersPage = later(async () => (await import('../features/volunteering/VolunteersPage')).VolunteersPage);
const VolunteerTaskPage = later(async () => (await import('../features/volunteering/VolunteerTaskPage')).VolunteerTaskPage);
const CataloguePage = later(async () => (await import('../features/catalogue/CataloguePage')).CataloguePage);
const RoutingPage = later(async () => (await import('../features/routing/RoutingPage')).RoutingPage);
const RoutingTablePage = later(async () => (await import('../features/routing/TablePage')).TablePage);
const EvaluationPage = later(async () => (await import('../features/evaluation/EvaluationPage')).EvaluationPage);
const CrewPage = lazy(async () => ({
  default: (await import('../features/crew/CrewPage')).CrewPage,
}));
const FieldPage = lazy(async () => ({
  default: (await import('../features/field/FieldPage')).FieldPage,
}));
const IncidentPage = later(async () => (await import('../features/dispatch/IncidentPage')).IncidentPage);
const MapPage = lazy(async () => ({
  default: (await import('../features/dispatch/MapPage')).MapPage,
}));
const PlanPage = later(async () => (await import('../features/dispatch/PlanPage')).PlanPage);
const QueuePage = later(async () => (await import('../features/dispatch/QueuePage')).QueuePage);
const RunCardsPage = later(async () => (await import('../features/dispatch/RunCardsPage')).RunCardsPage);
const UnitPage = later(async () => (await import('../features/dispatch/UnitPage')).UnitPage);
const UnitsPage = later(async () => (await import('../features/dispatch/UnitsPage')).UnitsPage);
const OverviewPage = later(async () => (await import('../features/overview/OverviewPage')).OverviewPage);
const PlannerPage = later(async () => (await import('../features/planner/PlannerPage')).PlannerPage);
const ReportsPage = later(async () => (await import('../features/reports/ReportsPage')).ReportsPage);
const HandoverPage = later(async () => (await import('../features/review/HandoverPage')).HandoverPage);
const HandedPage = later(async () => (await import('../features/review/HandedPage')).HandedPage);
const ReviewPage = later(async () => (await import('../features/review/ReviewPage')).ReviewPage);
const ReplayPage = later(async () => (await import('../features/review/ReplayPage')).ReplayPage);
const AuditPage = later(async () => (await import('../features/audit/AuditPage')).AuditPage);
const GlassPage = later(async () => (await import('../features/glass/GlassPage')).GlassPage);
const CallScreen = lazy(async () => ({ default: (await import('./CallScreen')).CallScreen }));

const NextPage = lazy(async () => ({
  default: (await import('../features/next/NextPage')).NextPage,
}));

/** The screens of a signed-in person by address. */
export const signedInRoutes = (
  <>
    <Route path="/next" element={<NextPage />} />
    <Route path="/account" element={<AccountPage />} />
    <Route path="/accounts" element={<AccountsPage />} />
    <Route path="/crew" element={<CrewPage />} />
    <Route path="/field" element={<FieldPage />} />
    <Route path="/call" element={<CallScreen />} />
    <Route path="/map" element={<MapPage />} />
    <Route path="/incidents" element={<QueuePage />} />
    <Route path="/incidents/:id" element={<IncidentPage />} />
    <Route path="/incidents/:id/review" element={<ReviewPage />} />
    <Route path="/plan" element={<PlanPage />} />
    <Route path="/run-cards" element={<RunCardsPage />} />
    <Route path="/units" element={<UnitsPage />} />
    <Route path="/units/:id" element={<UnitPage />} />
    <Route path="/closures" element={<ClosuresPage />} />
    <Route path="/cases" element={<CasesPage />} />
    <Route path="/cases/:id" element={<CasePage />} />
    <Route path="/joint-tasks" element={<JointTasksPage />} />
    <Route path="/joint-tasks/new" element={<CallUpPage />} />
    <Route path="/joint-tasks/:id" element={<JointTaskPage />} />
    <Route path="/volunteers" element={<VolunteersPage />} />
    <Route path="/volunteers/:id" element={<VolunteerTaskPage />} />
    <Route path="/catalogue" element={<CataloguePage />} />
    <Route path="/routing" element={<RoutingPage />} />
    <Route path="/routing/:id" element={<RoutingTablePage />} />
    <Route path="/evaluation" element={<EvaluationPage />} />
    <Route path="/gallery" element={<GalleryPage />} />
    <Route path="/inbox" element={<InboxPage />} />
    <Route path="/agreements" element={<AgreementsPage />} />
    <Route path="/warnings" element={<WarningsPage />} />
    <Route path="/overview" element={<OverviewPage />} />
    <Route path="/planner" element={<PlannerPage />} />
    <Route path="/reports" element={<ReportsPage />} />
    <Route path="/handover" element={<HandoverPage />} />
    <Route path="/handover/:id" element={<HandedPage />} />
    <Route path="/audit" element={<AuditPage />} />
    <Route path="/broken-glass" element={<GlassPage />} />
    <Route path="/replay" element={<ReplayPage />} />
  </>
);
