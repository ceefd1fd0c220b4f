import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import {
  useHandOver,
  useHandoverDraft,
  useHandovers,
  type HandoverDraft,
  type HandoverRow,
} from '../../api/review';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Panel';
import { Empty, Loaded } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { When } from '../../ui/When';
import { AddToLog, Promises } from './DeskTools';
import { Log, PictureParts } from './PictureParts';
import './review.css';

function HandOver() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const make = useHandOver();
  const [text, setText] = useState('');
  return (
    <FormDialog
      button={<Button look="main">{t('handover.hand_over')}</Button>}
      title={t('handover.hand_over')}
      text={t('handover.hand_over_text')}
      confirm={t('handover.hand_over')}
      problem={make.error}
      isPending={make.isPending}
      isReady
      onSubmit={() =>
        make.mutate(text, { onSuccess: ({ id }) => void navigate(`/handover/${id}`) })
      }
    >
      <TextInput label={t('handover.words')} rows={4} value={text} onChange={setText} />
    </FormDialog>
  );
}

function Waits({ last }: { last: HandoverRow }) {
  const { t } = useTranslation();
  return (
    <div className="note" role="status">
      <p className="note__text">
        {t('handover.waits', { name: last.made_by_name })} <When at={last.made_at} />{' '}
        <Link to={`/handover/${last.id}`}>{t('handover.read')}</Link>
      </p>
    </div>
  );
}

function Draft({ draft }: { draft: HandoverDraft }) {
  const { t } = useTranslation();
  return (
    <>
      {draft.last !== null && draft.last.takeover === null && <Waits last={draft.last} />}
      <PictureParts picture={draft.picture} />
      <Log
        log={draft.log}
        tools={
          <>
            <Promises log={draft.log} />
            <AddToLog />
          </>
        }
      />
      <p className="soft">{t('handover.draft_text')}</p>
    </>
  );
}

function Earlier() {
  const { t } = useTranslation();
  const handed = useHandovers().data;
  const rows = handed ?? [];
  return (
    <Panel title={t('handover.earlier')} count={rows.length}>
      {handed?.length === 0 && (
        <Empty steps={null} title={t('handover.none_earlier')} text={t('handover.none_earlier_text')} />
      )}
      <ul className="handover__rows">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/handover/${row.id}`}>
              <When at={row.made_at} /> {row.made_by_name}
            </Link>
            <span className="soft">
              {row.takeover
                ? t('handover.taken_by', { name: row.takeover.taken_by_name })
                : t('handover.not_taken')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Shift change: what would be handed over now, and what was before. */
export function HandoverPage() {
  const { t } = useTranslation();
  const draft = useHandoverDraft();
  return (
    <div className="page page--long handover">
      <div className="page__head">
        <h1>{t('place.handover')}</h1>
        <HandOver />
      </div>
      <Loaded query={draft}>{(data) => <Draft draft={data} />}</Loaded>
      <Earlier />
    </div>
  );
}
