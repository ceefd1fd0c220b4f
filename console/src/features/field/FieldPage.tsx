import { useQueryClient } from '@tanstack/react-query';
import { Navigation } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Act } from '../../api/acts';
import { keepSending } from '../../api/actSending';
import { useActs } from '../../api/actStore';
import { doneHere, isFieldDeed, type FieldDeed } from '../../api/fieldDeeds';
import { useCity, useItems, useOrganisations } from '../../api/reference';
import { useRound, useTakePhotosAlong } from '../../api/round';
import { useMe } from '../../api/session';
import type { Round, RoundCase } from '../../api/types';
import { Button } from '../../ui/Button';
import { Segments } from '../../ui/Segments';
import { DoneNote, Loaded } from '../../ui/states';
import { When } from '../../ui/When';
import { CellChoice, EVERYWHERE, useCell } from './CellChoice';
import './field.css';
import { metresBetween, type Point } from './ground';
import { RoundList, Sites } from './RoundList';
import { TakePhoto } from './TakePhoto';
import { useHere } from './useHere';
import { Waiting } from './Waiting';

// The sheets are fetched with the first tap; the service worker has them by then, without network too.
const CaseSheet = lazy(async () => ({ default: (await import('./CaseSheet')).CaseSheet }));
const ReportSheet = lazy(async () => ({ default: (await import('./ReportSheet')).ReportSheet }));

type View = 'tasks' | 'round';

/** What this account did on this device and the server has not taken yet. */
function useOwnActs(): readonly Act<FieldDeed>[] {
  const { account_id } = useMe();
  const acts = useActs();
  return useMemo(
    () =>
      acts.flatMap((act) =>
        act.accountId === account_id && isFieldDeed(act.deed) ? [{ ...act, deed: act.deed }] : [],
      ),
    [acts, account_id],
  );
}

/** Read what the sheets will show, so that it is there when there is no network any more. */
function useTakeNamesAlong(): void {
  useItems();
  useOrganisations();
  useCity();
}

function nearestFirst<Place extends Point>(places: readonly Place[], here: Point | null): Place[] {
  if (here === null) return [...places];
  return places.toSorted((a, b) => metresBetween(here, a) - metresBetween(here, b));
}

/** The foot in reach of the thumb: one tap opens the camera, and what it took becomes a report. */
function Foot({ onReport }: { onReport: (photo: Blob | null) => void }) {
  const { t } = useTranslation();
  return (
    <div className="field__bottom">
      <TakePhoto text={t('field.report')} isMain onTaken={onReport} />
      <Button onPress={() => onReport(null)}>{t('field.no_photo')}</Button>
    </div>
  );
}

function Lists({ round, onOpen }: { round: Round; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('tasks');
  const [cell, setCell] = useCell(round);
  const [isNear, setIsNear] = useState(false);
  const here = useHere(isNear).point;
  const acts = useOwnActs();
  const done = useMemo(() => doneHere(acts), [acts]);
  const inCell = ({ area }: RoundCase): boolean => cell === EVERYWHERE || String(area) === cell;
  const tasks = nearestFirst(round.cases.filter((row) => row.part === 'TASK' && inCell(row)), here);
  const looks = nearestFirst(round.cases.filter((row) => row.part !== 'TASK' && inCell(row)), here);
  const shared = { done, here, onOpen };
  return (
    <>
      <div className="field__tools">
        <CellChoice round={round} cell={cell} onCell={setCell} />
        <ToggleButton className="button" isSelected={isNear} onChange={setIsNear}>
          <Navigation size={16} aria-hidden />
          {t('field.nearest')}
        </ToggleButton>
      </div>
      <Segments<View>
        label={t('field.views')}
        value={view}
        onChange={setView}
        segments={[
          { value: 'tasks', text: t('field.tasks'), count: tasks.length },
          { value: 'round', text: t('field.round'), count: looks.length },
        ]}
      />
      {view === 'tasks' ? (
        <RoundList label={t('field.tasks')} cases={tasks} empty={t('field.no_tasks')} {...shared} />
      ) : (
        <>
          <RoundList label={t('field.round')} cases={looks} empty={t('field.no_round')} {...shared} />
          <Sites sites={nearestFirst(round.sites, here)} here={here} />
        </>
      )}
      <p className="soft field__as-of">
        {t('field.as_of')} <When at={round.as_of} />
        {round.cut && ` · ${t('field.cut')}`}
      </p>
    </>
  );
}

function Work({ round }: { round: Round }) {
  const { t } = useTranslation();
  const acts = useOwnActs();
  const [openId, setOpenId] = useState<string | null>(null);
  const [draft, setDraft] = useState<{ photo: Blob | null } | null>(null);
  const [isKept, setIsKept] = useState(false);
  const open = round.cases.find(({ id }) => id === openId);
  return (
    <>
      {isKept && <DoneNote>{t('field.kept')}</DoneNote>}
      <Lists round={round} onOpen={setOpenId} />
      <Foot
        onReport={(photo) => {
          setIsKept(false);
          setDraft({ photo });
        }}
      />
      <Suspense>
        {open && (
          <CaseSheet
            found={open}
            done={doneHere(acts).get(open.id)}
            onClose={() => setOpenId(null)}
          />
        )}
        {draft && (
          <ReportSheet
            round={round}
            photo={draft.photo}
            onPhoto={(photo) => setDraft({ photo })}
            onClose={(kept) => {
              setIsKept(kept);
              setDraft(null);
            }}
          />
        )}
      </Suspense>
    </>
  );
}

/** For the grid officer on a telephone: tasks, the round, and what was found, with network or without. */
export function FieldPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const me = useMe();
  const round = useRound();
  const acts = useOwnActs();
  useEffect(() => keepSending(cache, me.account_id), [cache, me.account_id]);
  useTakePhotosAlong(round.data);
  useTakeNamesAlong();
  return (
    <div className="field-page">
      <h1 className="field__title">{t('place.field')}</h1>
      <Waiting acts={acts} />
      <Loaded query={round}>{(data) => <Work round={data} />}</Loaded>
    </div>
  );
}
