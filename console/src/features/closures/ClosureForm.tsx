import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCloseRoads } from '../../api/closures';
import { usePlaceAt } from '../../api/intake';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { PlacePick, type Spot } from '../../ui/PlacePick';
import { Segments } from '../../ui/Segments';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { Corners } from './Corners';
import { bodyOf, refusalOf, type Draft, type Field } from './draft';

const REASON_MAX_CHARACTERS = 500;

interface Props {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  /** A place found by its name: the middle, or one more corner. */
  onPlace: (spot: Spot) => void;
  onLeave: () => void;
  onEntered: (id: string) => void;
}

/** Enter closed roads: what is closed, why, from and until when. The map shows it meanwhile. */
export function ClosureForm({ draft, onDraft, onPlace, onLeave, onEntered }: Props) {
  const { t } = useTranslation();
  const close = useCloseRoads();
  /** What was refused is told of what was sent, not of what was changed since. */
  const [sent, setSent] = useState<Draft | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const address = usePlaceAt(draft.form === 'circle' ? draft.spot : null).data?.address ?? '';
  const body = bodyOf(draft);
  const problem = sent === draft ? close.error : null;
  const refused = refusalOf(problem, draft);
  const errorOf = (field: Field): string | undefined =>
    refused?.field === field ? refused.text : undefined;
  const change = (part: Partial<Draft>): void => onDraft({ ...draft, ...part });
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  return (
    <form
      ref={form}
      className="stack"
      noValidate // the server says what is wrong, and is asked again
      onSubmit={(event) => {
        event.preventDefault();
        if (body === null || close.isPending) return;
        setSent(draft);
        close.mutate(body, { onSuccess: ({ id }) => onEntered(id) });
      }}
    >
      <Panel title={t('closures.enter')}>
        <div className="stack">
          <TextInput
            label={t('fact.reason')}
            hint={t('closures.reason_hint')}
            error={errorOf('reason')}
            value={draft.reason}
            maxLength={REASON_MAX_CHARACTERS}
            autoFocus
            onChange={(reason) => change({ reason })}
          />
          <Segments
            label={t('closures.form')}
            value={draft.form}
            onChange={(shape) => change({ form: shape })}
            segments={[
              { value: 'circle', text: t('closures.circle') },
              { value: 'area', text: t('closures.area') },
            ]}
          />
          {draft.form === 'circle' ? (
            <div className="closures__circle">
              <PlacePick
                spot={draft.spot}
                onSpot={onPlace}
                hint={address || t('closures.place_hint')}
                error={errorOf('place')}
              />
              <TextInput
                label={t('closures.radius')}
                inputMode="numeric"
                error={errorOf('radius')}
                value={draft.radius}
                onChange={(radius) => change({ radius })}
              />
            </div>
          ) : (
            <Corners draft={draft} onDraft={onDraft} onPlace={onPlace} error={errorOf('corners')} />
          )}
          <div className="closures__term">
            <TextInput
              label={t('closures.from')}
              hint={t('closures.from_hint')}
              error={errorOf('from')}
              type="datetime-local"
              value={draft.from}
              onChange={(from) => change({ from })}
            />
            <TextInput
              label={t('closures.until')}
              hint={t('closures.until_hint')}
              error={errorOf('until')}
              type="datetime-local"
              value={draft.until}
              onChange={(until) => change({ until })}
            />
          </div>
        </div>
      </Panel>
      {refused === null && <ProblemNote problem={problem} />}
      <div className="line-up">
        <Button type="submit" look="main" isDisabled={body === null || close.isPending}>
          {t('closures.enter')}
        </Button>
        <Button onPress={onLeave}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
