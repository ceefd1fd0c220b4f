import { useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../../api/problem';
import type { RoutingRow } from '../../api/routing';
import { Button } from '../../ui/Button';
import { clockText, minuteOf } from '../../ui/routingWords';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { DayFields, OutcomeFields, PlaceFields } from './fields';

interface Props {
  row: RoutingRow;
  problem: Problem | null;
  isPending: boolean;
  onSave: (row: RoutingRow) => void;
  onClose: () => void;
}

function shown(minute: number | null): string {
  return minute === null ? '' : clockText(minute);
}

/** Two times as they were typed: the minutes, null for both where nothing was, undefined if wrong. */
function hoursOf(begins: string, ends: string): Pick<RoutingRow, 'begins' | 'ends'> | undefined {
  if (begins.trim() === '' && ends.trim() === '') return { begins: null, ends: null };
  const [from, to] = [minuteOf(begins), minuteOf(ends)];
  return from === null || to === null || from === to ? undefined : { begins: from, ends: to };
}

function Fields({ row, problem, isPending, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(row);
  const [begins, setBegins] = useState(shown(row.begins));
  const [ends, setEnds] = useState(shown(row.ends));
  const hours = hoursOf(begins, ends);
  const set = (changes: Partial<RoutingRow>): void => setDraft((all) => ({ ...all, ...changes }));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (hours !== undefined && !isPending) onSave({ ...draft, ...hours });
      }}
    >
      <Heading slot="title" level={2}>
        {t('routing.row', { number: row.number })}
      </Heading>
      <p className="soft">{t('routing.row_text')}</p>
      <div className="routing-row__fields">
        <OutcomeFields row={draft} set={set} />
        <PlaceFields row={draft} set={set} />
        <DayFields row={draft} set={set} />
        <div className="routing-row__pair">
          <TextInput
            label={t('routing.begins')}
            placeholder="22:00"
            value={begins}
            onChange={setBegins}
            error={hours === undefined ? t('routing.hours_wrong') : undefined}
          />
          <TextInput label={t('routing.ends')} placeholder="06:00" value={ends} onChange={setEnds} />
        </div>
      </div>
      <ProblemNote problem={problem} />
      <div className="line-up">
        <Button type="submit" look="main" isDisabled={hours === undefined || isPending}>
          {t('routing.save')}
        </Button>
        <Button onPress={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

/** One row of a table: its conditions, each of which may be left empty, and to whom. */
export function RowDialog(props: Props) {
  return (
    <ModalOverlay
      className="veil"
      isDismissable
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose();
      }}
    >
      <Modal>
        <Dialog className="dialog routing-row">
          <Fields {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
