import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { I18nProvider, RouterProvider as LinkProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, useHref, useNavigate } from 'react-router';

import { AWAY, Problem } from '../api/problem';
import { onReadRefused } from '../api/session';
import { Screens } from './Screens';

/** How often a read is tried again when the server was not reached or a part of it is away. */
const READ_RETRIES = 2;
/** How long a read counts as fresh; the stream renews what changes. */
const FRESH_MS = 5_000;

const cache: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => onReadRefused(cache, error) }),
  defaultOptions: {
    queries: {
      // Without network the service worker may still have the answer.
      networkMode: 'offlineFirst',
      staleTime: FRESH_MS,
      retry: (failures, error) =>
        failures < READ_RETRIES && (!(error instanceof Problem) || error.status === AWAY),
    },
  },
});

function Localised() {
  const { i18n } = useTranslation();
  const navigate = useNavigate();
  return (
    <I18nProvider locale={i18n.language === 'en' ? 'en-US' : 'zh-CN'}>
      <LinkProvider navigate={(path) => void navigate(path)} useHref={useHref}>
        <Screens />
      </LinkProvider>
    </I18nProvider>
  );
}

export function App() {
  return (
    <StrictMode>
      <QueryClientProvider client={cache}>
        <BrowserRouter basename="/console">
          <Localised />
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>
  );
}
