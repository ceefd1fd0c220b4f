import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useIncidentMove } from '../../api/dispatch';
import { useMe } from '../../api/session';
import { useKinds } from '../../api/reference';
import type { Incident } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { ItemBox } from '../../ui/ItemBox';
import { PRIORITIES } from '../../ui/PriorityMark';
import { CloseMove } from './CloseMove';

/** Give the incident to casework: which item it becomes, and why. */
function Divert({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const make = useIncidentMove();
  const kind = useKinds().data?.find(({ code }) => code === incident.kind);
  const [chosen, setChosen] = useState<string | null>(null);
  const item = chosen ?? kind?.item_code ?? null;
  return (
    <Ask
      button={<Button>{t('incident_move.divert')}</Button>}
      title={t('incident_move.divert')}
      text={t('incident.divert_text')}
      label={t('fact.reason')}
      confirm={t('incident_move.divert')}
      problem={make.error}
      isPending={make.isPending}
      isReady={item !== null}
      onAnswer={(reason, close) =>
        make.mutate(
          { id: incident.id, move: 'divert', facts: { reason, item_code: item ?? '' } },
          { onSuccess: close },
        )
      }
    >
      <ItemBox value={item} onChange={setChosen} />
    </Ask>
  );
}

/** Take a closed incident up again: it waits for a unit. */
function Reopen({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const make = useIncidentMove();
  return (
    <Ask
      button={<Button>{t('incident_move.reopen')}</Button>}
      title={t('incident_move.reopen')}
      text={t('incident.reopen_text')}
      label={t('fact.reason')}
      confirm={t('incident_move.reopen')}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(reason, close) =>
        make.mutate({ id: incident.id, move: 'reopen', facts: { reason } }, { onSuccess: close })
      }
    />
  );
}

/** Raise the alarm to the next level of the run card: more is asked for. */
function RaiseAlarm({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const make = useIncidentMove();
  const title = t('alarm.raise', { level: incident.alarm_level + 1 });
  return (
    <Ask
      button={<Button>{title}</Button>}
      title={title}
      text={t('alarm.raise_text')}
      label={t('fact.reason')}
      confirm={title}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(reason, close) =>
        make.mutate({ id: incident.id, move: 'raise_alarm', facts: { reason } }, { onSuccess: close })
      }
    />
  );
}

function Reprioritise({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const make = useIncidentMove();
  return (
    <Choice
      label={t('incident_move.reprioritise')}
      value={String(incident.priority)}
      options={PRIORITIES.map((priority) => ({
        value: String(priority),
        text: `${priority} ${t(`priority.${priority}`)}`,
      }))}
      onChange={(value) =>
        make.mutate({
          id: incident.id,
          move: 'reprioritise',
          facts: { priority: Number(value) },
          before: incident.priority,
        })
      }
    />
  );
}

const MOVES = {
  reprioritise: Reprioritise,
  raise_alarm: RaiseAlarm,
  divert: Divert,
  close: CloseMove,
  reopen: Reopen,
} as const;

/** What may be done with the incident as a whole, by its state and by the person's permissions. */
export function IncidentMoves({ incident }: { incident: Incident }) {
  const { permissions } = useMe();
  const names = (Object.keys(MOVES) as (keyof typeof MOVES)[]).filter(
    (name) => incident.moves.includes(name) && permissions.includes(`incident.${name}`),
  );
  return (
    <div className="incident-head__moves">
      {names.map((name) => {
        const Move = MOVES[name];
        return <Move key={name} incident={incident} />;
      })}
    </div>
  );
}
