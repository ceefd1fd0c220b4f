import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useDutyStands, useKeepPosture, type Posture, type Stand } from '../../api/postures';
import { Button } from '../../ui/Button';
import { FirstRows } from '../../ui/FirstRows';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Panel';
import { Empty } from '../../ui/states';
import { When } from '../../ui/When';
import { unitsOf } from './drafts';

const POSTURES_AT_A_TIME = 20;

function Withdraw({ posture }: { posture: Posture }) {
  const { t } = useTranslation();
  const keep = useKeepPosture();
  const { id, version, name, note, stands } = posture;
  return (
    <FormDialog
      button={
        <Button icon look="quiet" aria-label={t('planner.withdraw', { name })}>
          <Trash2 size={16} aria-hidden />
        </Button>
      }
      title={t('planner.withdraw', { name })}
      text={t('planner.withdraw_text')}
      confirm={t('planner.withdraw_confirm')}
      problem={keep.error}
      isPending={keep.isPending}
      isReady
      onSubmit={(close) =>
        keep.mutate(
          { name, note, stands, seen: { id, version }, withdrawn: true },
          { onSuccess: close },
        )
      }
    />
  );
}

interface Props {
  postures: readonly Posture[];
  onEdit: (posture: Posture) => void;
  onBegin: (stands: Stand[]) => void;
}

/** The postures that are kept, and how to begin another. */
export function PostureList({ postures, onEdit, onBegin }: Props) {
  const { t } = useTranslation();
  const duty = useDutyStands();
  const onDuty = duty.data ?? [];
  const begin = (
    <>
      <Button isDisabled={onDuty.length === 0} onPress={() => onBegin(onDuty)}>
        {t('planner.from_duty')}
      </Button>
      <Button onPress={() => onBegin([])}>
        <Plus size={16} aria-hidden />
        {t('planner.new')}
      </Button>
    </>
  );
  return (
    <Panel title={t('planner.postures')} count={postures.length} tools={begin} flush>
      {postures.length === 0 ? (
        <Empty steps={null} title={t('planner.none')} text={t('planner.none_text')} />
      ) : (
        <FirstRows rows={postures} step={POSTURES_AT_A_TIME}>
          {(shown) => (
            <ul className="planner__postures">
              {shown.map((posture) => (
                <li key={posture.id}>
                  <div>
                    <strong>{posture.name}</strong>{' '}
                    <span className="soft">
                      {t('planner.size', { stands: posture.stands.length, units: unitsOf(posture.stands) })}
                    </span>
                    {posture.note !== '' && <p className="soft">{posture.note}</p>}
                    <p className="soft">
                      {t('planner.version', { version: posture.version })} · {posture.made_by_name} ·{' '}
                      <When at={posture.made_at} />
                    </p>
                  </div>
                  <Button
                    icon
                    look="quiet"
                    aria-label={t('planner.edit', { name: posture.name })}
                    onPress={() => onEdit(posture)}
                  >
                    <Pencil size={16} aria-hidden />
                  </Button>
                  <Withdraw posture={posture} />
                </li>
              ))}
            </ul>
          )}
        </FirstRows>
      )}
    </Panel>
  );
}
