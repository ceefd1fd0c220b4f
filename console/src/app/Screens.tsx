import { Navigate, Route, Routes } from 'react-router';

import { useSession } from '../api/session';
import { ProviderAnswerPage } from '../features/session/ProviderAnswerPage';
import { SignInPage } from '../features/session/SignInPage';
import { Failed, Skeleton } from '../ui/states';
import { Enrolling } from './Enrolling';
import { startOf } from './places';
import { Shell } from './Shell';
import { signedInRoutes } from './signedInRoutes';

/** Which screen the address means: the sign-in page for everybody who is not signed in. */
export function Screens() {
  const session = useSession();
  if (session.isPending) return <Skeleton />;
  if (session.error) return <Failed error={session.error} retry={() => void session.refetch()} />;
  const me = session.data;
  if (me === null) {
    return (
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/sign-in/provider" element={<ProviderAnswerPage />} />
        <Route path="*" element={<Navigate to="/sign-in" replace />} />
      </Routes>
    );
  }
  if (me.factor_needed) return <Enrolling />;
  const start = <Navigate to={startOf(me.role)} replace />;
  return (
    <Routes>
      <Route element={<Shell />}>
        {signedInRoutes}
        <Route path="*" element={start} />
      </Route>
    </Routes>
  );
}
