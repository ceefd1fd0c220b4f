import { Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';

import { useHandover, useTakeOver, type Handover } from '../../api/review';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { When } from '../../ui/When';
import { Log, PictureParts } from './PictureParts';
import './review.css';

function Acknowledgement({ handover }: { handover: Handover }) {
  const { t } = useTranslation();
  const take = useTakeOver();
  const { takeover } = handover;
  if (takeover !== null) {
    return (
      <p>
        <strong>{t('handover.taken_by', { name: takeover.taken_by_name })}</strong>{' '}
        <When at={takeover.taken_at} /> {takeover.remark}
      </p>
    );
  }
  if (handover.mine) return <p>{t('handover.another_takes')}</p>;
  return (
    <Ask
      button={<Button look="main">{t('handover.take_over')}</Button>}
      title={t('handover.take_over')}
      text={t('handover.take_over_text')}
      label={t('handover.remark')}
      confirm={t('handover.take_over')}
      problem={take.error}
      isPending={take.isPending}
      onAnswer={(remark, close) =>
        take.mutate({ id: handover.id, remark }, { onSuccess: close })
      }
    />
  );
}

function Handed({ handover }: { handover: Handover }) {
  const { t } = useTranslation();
  return (
    <div className="page page--long handover">
      <div className="page__head">
        <h1>{t('handover.of', { name: handover.made_by_name })}</h1>
        <When at={handover.made_at} />
        <Button onPress={() => window.print()}>
          <Printer size={16} aria-hidden />
          {t('handover.print')}
        </Button>
        <Link to="/handover">{t('handover.back')}</Link>
      </div>
      <Panel title={t('handover.words')}>
        <p className="handover__words">{handover.text || t('handover.no_words')}</p>
        <Acknowledgement handover={handover} />
      </Panel>
      <PictureParts picture={handover.picture} />
      <Log log={handover.log} />
    </div>
  );
}

/** One hand-over as it was made: read, printed, and taken over by another person. */
export function HandedPage() {
  const { id = '' } = useParams();
  const handover = useHandover(id);
  return <Loaded whole query={handover}>{(data) => <Handed handover={data} />}</Loaded>;
}
