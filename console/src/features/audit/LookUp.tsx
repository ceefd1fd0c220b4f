import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { EntriesAsked } from '../../api/audit';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { TextInput } from '../../ui/TextInput';

const TABLE = '[a-z_]{0,63}';
const ROW = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?';

/** Ask for the entries of a table, or of one row of it; never for those of a person. */
export function LookUp({ onAsk }: { onAsk: (asked: EntriesAsked) => void }) {
  const { t } = useTranslation();
  const [table, setTable] = useState('');
  const [row, setRow] = useState('');
  const fits = new RegExp(`^${TABLE}$`).test(table) && new RegExp(`^${ROW}$`).test(row);
  const canAsk = fits && (row === '' || table !== '');
  return (
    <Panel title={t('audit.look_up')}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (canAsk) onAsk({ table, row });
        }}
      >
        <TextInput
          label={t('audit.table')}
          hint={t('audit.table_hint')}
          value={table}
          onChange={(typed) => setTable(typed.trim())}
        />
        <TextInput
          label={t('audit.row')}
          hint={t('audit.row_hint')}
          value={row}
          onChange={(typed) => setRow(typed.trim().toLowerCase())}
        />
        <div className="line-up">
          <Button type="submit" look="main" isDisabled={!canAsk}>
            {t('audit.ask')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
