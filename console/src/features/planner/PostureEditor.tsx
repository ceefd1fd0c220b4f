import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useUnits } from '../../api/dispatch';
import { useKeepPosture, type Stand } from '../../api/postures';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { Panel } from '../../ui/Panel';
import { PlacePick } from '../../ui/PlacePick';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { unitsOf, withChanged, without, withStand, type Draft } from './drafts';

const NAME_MAX_CHARACTERS = 60;
const NOTE_MAX_CHARACTERS = 500;
const STAND_MAX_UNITS = 500;
const STANDS_LIMIT = 60;

/** The kinds of unit that the city has, and those that the draft names already. */
function useUnitKinds(stands: readonly Stand[]): string[] {
  const units = useUnits().data ?? [];
  const kinds = [...units.map(({ kind }) => kind), ...stands.map(({ unit_kind }) => unit_kind)];
  return [...new Set(kinds)].sort();
}

interface RowProps {
  stand: Stand;
  row: number;
  kinds: readonly string[];
  onChange: (change: Partial<Stand>) => void;
  onRemove: () => void;
}

function StandRow({ stand, row, kinds, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const number = row + 1;
  return (
    <li className="planner__stand">
      <TextInput
        label={t('planner.place', { number })}
        placeholder={`${stand.lat.toFixed(4)}, ${stand.lon.toFixed(4)}`}
        value={stand.name}
        maxLength={NAME_MAX_CHARACTERS}
        onChange={(name) => onChange({ name })}
      />
      <Choice
        label={t('planner.kind')}
        options={kinds.map((kind) => ({
          value: kind,
          text: t(`unit_kind.${kind}`, { defaultValue: kind }),
        }))}
        value={stand.unit_kind}
        onChange={(unit_kind) => onChange({ unit_kind })}
      />
      <TextInput
        label={t('planner.count')}
        type="number"
        inputMode="numeric"
        value={String(stand.count)}
        onChange={(typed) => {
          const count = Math.trunc(Number(typed));
          if (count >= 1 && count <= STAND_MAX_UNITS) onChange({ count });
        }}
      />
      <Button icon look="quiet" aria-label={t('planner.remove', { number })} onPress={onRemove}>
        <Trash2 size={16} aria-hidden />
      </Button>
    </li>
  );
}

interface Props {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onEnd: () => void;
}

/** Write a posture: a click on the map or a place by name adds a stand. */
export function PostureEditor({ draft, onDraft, onEnd }: Props) {
  const { t } = useTranslation();
  const keep = useKeepPosture();
  const kinds = useUnitKinds(draft.stands);
  const count = draft.stands.length;
  const isReady = draft.name.trim() !== '' && count > 0 && count <= STANDS_LIMIT;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !keep.isPending) keep.mutate(draft, { onSuccess: onEnd });
      }}
    >
      <Panel title={t(draft.seen ? 'planner.change' : 'planner.new')}>
        <div className="stack">
          <TextInput
            label={t('planner.name')}
            value={draft.name}
            maxLength={NAME_MAX_CHARACTERS}
            isRequired
            autoFocus
            onChange={(name) => onDraft({ ...draft, name })}
          />
          <TextInput
            label={t('planner.note')}
            value={draft.note}
            maxLength={NOTE_MAX_CHARACTERS}
            rows={2}
            onChange={(note) => onDraft({ ...draft, note })}
          />
        </div>
      </Panel>
      <Panel title={t('planner.stands')} count={count}>
        <p className="soft">{t('planner.add_hint', { units: unitsOf(draft.stands) })}</p>
        <PlacePick
          key={count}
          spot={null}
          onSpot={(spot) => onDraft(withStand(draft, spot, spot.name.slice(0, NAME_MAX_CHARACTERS)))}
        />
        <ol className="planner__stands">
          {draft.stands.map((stand, row) => (
            <StandRow
              key={`${stand.lon} ${stand.lat} ${row}`}
              stand={stand}
              row={row}
              kinds={kinds}
              onChange={(change) => onDraft(withChanged(draft, row, change))}
              onRemove={() => onDraft(without(draft, row))}
            />
          ))}
        </ol>
      </Panel>
      <ProblemNote problem={keep.error} />
      <div className="line-up planner__keep">
        <Button type="submit" look="main" isDisabled={!isReady || keep.isPending}>
          {t('planner.keep')}
        </Button>
        <Button onPress={onEnd}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
