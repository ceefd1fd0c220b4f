import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import { usePostures, useStudy, type Posture } from '../../api/postures';
import type { MapStand } from '../../map/StandsLayer';
import { Loaded } from '../../ui/states';
import { CompareForm } from './CompareForm';
import './planner.css';
import { PlannerMap } from './PlannerMap';
import { PostureEditor } from './PostureEditor';
import { PostureList } from './PostureList';
import { draftOf, withStand, type Draft } from './drafts';
import { StudyPanel } from './StudyPanel';

type Letter = MapStand['letter'];

/** Which two postures are looked at, and which study: in the address, to be linked to and kept. */
function useAsked(postures: readonly Posture[]) {
  const [asked, setAsked] = useSearchParams();
  const named = (name: string): Posture | undefined =>
    postures.find(({ id }) => id === asked.get(name));
  const a = named('a') ?? postures[0];
  const b = named('b') ?? postures.find(({ id }) => id !== a?.id) ?? a;
  const set = (name: string, value: string | null): void =>
    setAsked(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === null) after.delete(name);
        else after.set(name, value);
        if (name !== 'study') after.delete('study');
        return after;
      },
      { replace: true },
    );
  return { a, b, study: asked.get('study'), set };
}

/** One sign for each place, however many kinds of unit stand there. */
function standsOf(letter: Letter, stands: Posture['stands'] | undefined): MapStand[] {
  const found = new Map<string, MapStand>();
  for (const { lon, lat, count } of stands ?? []) {
    const at = `${lon} ${lat}`;
    found.set(at, { lon, lat, letter, count: (found.get(at)?.count ?? 0) + count });
  }
  return [...found.values()];
}

function Planner({ postures }: { postures: readonly Posture[] }) {
  const { t } = useTranslation();
  const { a, b, study: studyId, set } = useAsked(postures);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [reach, setReach] = useState<Letter>('A');
  const study = useStudy(studyId);
  const drafted = draft?.stands;
  const stands = useMemo(
    () =>
      drafted
        ? standsOf('A', drafted)
        : [...standsOf('A', a?.stands), ...(b === a ? [] : standsOf('B', b?.stands))],
    [drafted, a, b],
  );
  return (
    <div className="beside-map planner">
      <PlannerMap
        stands={stands}
        reached={draft ? undefined : reach === 'A' ? a : b}
        letter={reach}
        onLetter={setReach}
        hasTwo={a !== b && draft === null}
        {...(draft
          ? { onPlace: (point) => setDraft((now) => now && withStand(now, point, '')) }
          : {})}
      />
      <div className="beside-map__side">
        <div className="page__head">
          <h1>{t('place.planner')}</h1>
          <p className="soft">{t('planner.about')}</p>
        </div>
        {draft ? (
          <PostureEditor draft={draft} onDraft={setDraft} onEnd={() => setDraft(null)} />
        ) : (
          <>
            {a && b && (
              <CompareForm
                key={`${a.id} ${b.id}`}
                postures={postures}
                a={a}
                b={b}
                onPosture={set}
                onStudy={(id) => set('study', id)}
              />
            )}
            {studyId !== null && (
              <Loaded query={study}>{(found) => <StudyPanel key={found.id} study={found} />}</Loaded>
            )}
            <PostureList
              postures={postures}
              onEdit={(posture) => setDraft(draftOf(posture))}
              onBegin={(stands) => setDraft({ name: '', note: '', stands, seen: null })}
            />
          </>
        )}
      </div>
    </div>
  );
}

/** The planner's workplace: postures on the map, how far they reach, two compared on past demand. */
export function PlannerPage() {
  const postures = usePostures();
  return (
    <Loaded query={postures} skeletonRows={8} whole>
      {(rows) => <Planner postures={rows} />}
    </Loaded>
  );
}
