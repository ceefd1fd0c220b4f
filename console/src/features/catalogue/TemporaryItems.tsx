import { useTranslation } from 'react-i18next';

import {
  useTemporaryItems,
  useTemporaryMove,
  type TemporaryItem,
  type TemporaryMove,
} from '../../api/catalogue';
import { nameOf } from '../../api/reference';
import { useMay } from '../../api/session';
import { currentLanguage } from '../../i18n';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Empty } from '../../ui/states';
import { AskItem } from './AskItem';

const LOOKS: Record<TemporaryItem['state'], string> = {
  ASKED: 'chip--warn',
  APPROVED: 'chip--good',
  DECLINED: 'chip--square',
  ENDED: 'chip--square',
};

/** Items that the catalogue does not have yet: asked for, decided by somebody else, over by themselves. */
export function TemporaryItems({ today }: { today: string }) {
  const { t } = useTranslation();
  const items = useTemporaryItems();
  const mayAsk = useMay('item.ask');
  return (
    <Panel
      title={t('catalogue.temporary')}
      count={items.data?.length}
      tools={mayAsk && <AskItem today={today} />}
      flush
    >
      <Rows
        query={items}
        empty={<Empty steps={null} title={t('catalogue.no_temporary')} text={t('catalogue.temporary_text')} />}
      >
        {(rows) => (
          <ul>
            {rows.map((item) => (
              <TemporaryCard key={item.id} item={item} />
            ))}
          </ul>
        )}
      </Rows>
    </Panel>
  );
}

function TemporaryCard({ item }: { item: TemporaryItem }) {
  const { t } = useTranslation();
  const make = useTemporaryMove();
  const english = currentLanguage() === 'en';
  return (
    <li className="deal">
      <span className="deal__head">
        <span className={`chip ${LOOKS[item.state]}`}>{t(`catalogue.state.${item.state}`)}</span>
        <strong>{nameOf(item)}</strong>
        <span className="soft figures">{item.code}</span>
      </span>
      <span>{english ? item.filing_en : item.filing_zh}</span>
      <span className="soft figures">
        {item.valid_from} – {item.valid_until}
      </span>
      <span className="soft">{item.reason}</span>
      {item.moves.length > 0 && (
        <span className="deal__moves">
          {(item.moves as TemporaryMove[]).map((move) => (
            <Ask
              key={move}
              button={
                <Button {...(move === 'approve' ? { look: 'main' as const } : {})}>
                  {t(`catalogue.move.${move}`)}
                </Button>
              }
              title={t(`catalogue.move.${move}`)}
              label={t('fact.reason')}
              confirm={t(`catalogue.move.${move}`)}
              problem={make.error}
              isPending={make.isPending}
              onAnswer={(reason, close) =>
                make.mutate({ id: item.id, move, reason }, { onSuccess: close })
              }
            />
          ))}
        </span>
      )}
    </li>
  );
}
