import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';

import { connectLive } from '../api/live';
import { useMe } from '../api/session';
import { Boundary } from '../ui/Boundary';
import { Skeleton } from '../ui/states';
import { Alerts } from './Alerts';
import { AskProof } from './AskProof';
import { TourStarter } from './help/TourStarter';
import { keepForRole } from './installed';
import { Menu } from './Menu';
import { Outage } from './Outage';
import { useTitle } from './title';
import { TopBar } from './TopBar';
import { UndoCorner } from './UndoCorner';
import './shell.css';

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const me = useMe();
  const { pathname } = useLocation();
  useTitle();
  useEffect(() => connectLive(cache), [cache]);
  useEffect(() => keepForRole(cache, me.role), [cache, me.role]);
  return (
    <div className="shell">
      <a className="shell__skip" href="#screen">
        {t('shell.skip')}
      </a>
      <TopBar />
      <Outage />
      <Menu />
      <main className="shell__screen" id="screen" tabIndex={-1}>
        <Boundary key={pathname}>
          <Suspense fallback={<Skeleton />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </main>
      <div className="corner">
        <Alerts />
        <UndoCorner />
      </div>
      <TourStarter />
      <AskProof />
    </div>
  );
}
