import { Check, TriangleAlert } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRunCards } from '../../api/cards';
import { nameOf, useKindName, useKinds } from '../../api/reference';
import type { RunCard } from '../../api/types';
import { FirstRows } from '../../ui/FirstRows';
import { Panel } from '../../ui/Panel';
import { PRIORITIES, PriorityMark } from '../../ui/PriorityMark';
import { Empty, Loaded, NoMatch } from '../../ui/states';
import { BackLink } from '../../ui/SubjectPage';
import { TextInput } from '../../ui/TextInput';
import { useCapabilityName } from './agencies/names';
import { unanswered } from './cardAnswers';
import './run-cards.css';

function useNeeds(): (needs: RunCard['levels'][number]) => string {
  const capabilityName = useCapabilityName();
  return (needs) =>
    needs.map(({ capability, count }) => `${capabilityName(capability)} × ${count}`).join(' · ');
}

/** What the lint finds: kinds that no card answers, and cards that all units together cannot fill. */
function Findings({ cards }: { cards: readonly RunCard[] }) {
  const { t } = useTranslation();
  const needsText = useNeeds();
  const missing = unanswered(cards, useKinds().data ?? [], PRIORITIES).map(
    ({ kind, priorities }) =>
      t('cards.no_card', { kind: nameOf(kind), priorities: priorities.join(', ') }),
  );
  const short = cards.flatMap((card) =>
    card.short.flatMap((lacking, below) =>
      lacking.length === 0
        ? []
        : [t('cards.short', { card: card.code, level: below + 1, units: needsText(lacking) })],
    ),
  );
  const found = [...missing, ...short];
  const Picture = found.length === 0 ? Check : TriangleAlert;
  return (
    <Panel title={t('cards.findings')} count={found.length}>
      {found.length === 0 ? (
        <p className="run-card__fine">
          <Picture size={14} aria-hidden /> {t('cards.in_order')}
        </p>
      ) : (
        <ul>
          {found.map((line) => (
            <li key={line} className="run-card__found">
              <Picture size={14} aria-hidden /> {line}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Card({ card }: { card: RunCard }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const needsText = useNeeds();
  return (
    <li className="run-card">
      <div className="run-card__head">
        <span className="run-card__marks">
          {card.priorities.map((priority) => (
            <PriorityMark key={priority} priority={priority} />
          ))}
        </span>
        <strong>{card.kinds.map(kindName).join(' · ')}</strong>
        {card.sites.length > 0 && (
          <span className="chip chip--square">
            {t('cards.sites', {
              sites: card.sites.map((one) => t(`site_kind.${one}`, { defaultValue: one })).join(' · '),
            })}
          </span>
        )}
      </div>
      <ol className="run-card__levels">
        {card.levels.map((adds, below) => (
          <li key={needsText(adds) + String(below)}>
            <span className="soft">{t(below === 0 ? 'cards.first' : 'cards.adds', { level: below + 1 })}</span>{' '}
            {needsText(adds)}
          </li>
        ))}
      </ol>
      <p className="soft">
        {nameOf(card)} · {card.code} · {t('cards.version', { version: card.version })} ·{' '}
        {card.valid_until === null
          ? t('cards.since', { since: card.valid_from })
          : t('cards.between', { since: card.valid_from, until: card.valid_until })}
        <br />
        {nameOf({ name_zh: card.source_zh, name_en: card.source_en })}
      </p>
    </li>
  );
}

const CARDS_AT_A_TIME = 50;

/** Run cards: what goes to which kind at which level of alarm, on what that rests, what is wrong. */
export function RunCardsPage() {
  const { t } = useTranslation();
  const cards = useRunCards();
  const kindName = useKindName();
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed).trim().toLowerCase();
  const fits = (card: RunCard): boolean =>
    [card.code, ...card.kinds, ...card.kinds.map(kindName)].some((name) =>
      name.toLowerCase().includes(words),
    );
  return (
    <div className="page">
      <div className="page__head">
        <BackLink to="/units" label={t('unit.back')} />
        <h1>{t('cards.title')}</h1>
        <TextInput label={t('cards.find')} placeholder={t('cards.find')} value={typed} onChange={setTyped} />
      </div>
      <Loaded query={cards} skeletonRows={8}>
        {(rows) => (
          <div className="run-cards" role="group" aria-label={t('cards.title')} tabIndex={0}>
            <Findings cards={rows} />
            <Panel title={t('cards.in_force')} count={rows.filter(fits).length} flush>
              {rows.length === 0 ? (
                <Empty title={t('cards.none')} text={t('cards.none_text')} />
              ) : (
                !rows.some(fits) && (
                  <NoMatch title={t('cards.none_match')} onClear={() => setTyped('')} />
                )
              )}
              <FirstRows rows={rows.filter(fits)} step={CARDS_AT_A_TIME}>
                {(first) => (
                  <ul>
                    {first.map((card) => (
                      <Card key={`${card.id} ${card.code}`} card={card} />
                    ))}
                  </ul>
                )}
              </FirstRows>
            </Panel>
          </div>
        )}
      </Loaded>
    </div>
  );
}
