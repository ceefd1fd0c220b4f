import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import {
  useBeginRouting,
  useChangeRouting,
  useRoutingMove,
  type RoutingMove,
  type WholeTable,
} from '../../api/routing';
import { useMay } from '../../api/session';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { StateChip } from './StateChip';

const MAIN: readonly RoutingMove[] = ['propose', 'publish'];
const TITLE_CHARACTERS = 120;

/** Title and first day of a draft. */
function Naming({ table }: { table: WholeTable }) {
  const { t } = useTranslation();
  const change = useChangeRouting();
  const [title, setTitle] = useState(table.title);
  const [day, setDay] = useState(table.valid_from);
  return (
    <FormDialog
      button={<Button>{t('routing.name')}</Button>}
      title={t('routing.name')}
      text={t('routing.name_text')}
      confirm={t('routing.save')}
      problem={change.error}
      isPending={change.isPending}
      isReady={title.trim() !== '' && day !== ''}
      onSubmit={(close) =>
        change.mutate({ table, title: title.trim(), validFrom: day }, { onSuccess: close })
      }
    >
      <TextInput
        label={t('routing.title')}
        value={title}
        onChange={setTitle}
        maxLength={TITLE_CHARACTERS}
        autoFocus
      />
      <TextInput label={t('routing.valid_from')} type="date" value={day} onChange={setDay} />
    </FormDialog>
  );
}

/** What may be done with a table now: proposed, published by another, sent back, dropped. */
function Moves({ table }: { table: WholeTable }) {
  const { t } = useTranslation();
  const make = useRoutingMove();
  return (
    <>
      {table.moves.map((move) =>
        MAIN.includes(move) ? (
          <Button
            key={move}
            look="main"
            isDisabled={make.isPending}
            onPress={() => make.mutate({ table, move, reason: null })}
          >
            {t(`routing.move.${move}`)}
          </Button>
        ) : (
          <Ask
            key={move}
            button={<Button>{t(`routing.move.${move}`)}</Button>}
            title={t(`routing.move.${move}`)}
            label={t('fact.reason')}
            confirm={t(`routing.move.${move}`)}
            problem={make.error}
            isPending={make.isPending}
            onAnswer={(reason, close) =>
              make.mutate({ table, move, reason }, { onSuccess: close })
            }
          />
        ),
      )}
      <ProblemNote problem={make.error} />
    </>
  );
}

/** What the table is called, how it stands, and what may be done with it. */
export function Heading({ table }: { table: WholeTable }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const begin = useBeginRouting();
  const mayWrite = useMay('routing.write');
  return (
    <>
      <h1>{table.title || t('routing.untitled')}</h1>
      <StateChip table={table} />
      <span className="soft figures">
        {t('routing.from_day', { day: table.valid_from })}
      </span>
      <div className="line-up routing__tools">
        {table.may_change && <Naming key={table.revision} table={table} />}
        {mayWrite && !table.may_change && (
          <Button
            isDisabled={begin.isPending}
            onPress={() =>
              begin.mutate(table.id, {
                onSuccess: ({ id }) => void navigate(`/routing/${id}`),
              })
            }
          >
            {t('routing.copy_table')}
          </Button>
        )}
        <Moves table={table} />
      </div>
    </>
  );
}
