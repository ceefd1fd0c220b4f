import { Route } from 'react-router';

import { QueuePage } from '../features/dispatch/QueuePage';

/** The screens of a signed-in person by address. */
export const signedInRoutes = (
  <>
    <Route path="/incidents" element={<QueuePage />} />
  </>
);
