import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCatalogue, type Item } from '../../api/catalogue';
import { nameOf, useItems } from '../../api/reference';
import { currentLanguage } from '../../i18n';
import { Choice } from '../../ui/Choice';
import { Panel } from '../../ui/Panel';
import { Loaded, NoMatch } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import '../../ui/deals.css';
import { Editions } from './Editions';
import { ItemRow } from './ItemRow';
import { TemporaryItems } from './TemporaryItems';
import './catalogue.css';

const ALL = 'ALL';
const TODAY_CHARACTERS = 10;

/** Whether an item is meant by what was typed: its code, its names, its conditions. */
function isMeant(item: Item, words: readonly string[]): boolean {
  const text = [
    item.code,
    item.name_zh,
    item.name_en,
    item.service_code,
    item.filing_zh,
    item.filing_en,
    item.lead,
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What the city sees to: every item in force, items for a time, and the editions with their differences. */
export function CataloguePage() {
  const { t } = useTranslation();
  const items = useItems();
  const catalogue = useCatalogue().data;
  const [typed, setTyped] = useState('');
  const [group, setGroup] = useState(ALL);
  const english = currentLanguage() === 'en';
  const groups = useMemo(
    () => new Map(items.data?.map((item) => [item.group, english ? item.group_en : item.group_zh])),
    [items.data, english],
  );
  const departments = useMemo(
    () => new Map(catalogue?.departments.map((one) => [one.code, nameOf(one)])),
    [catalogue],
  );
  const clear = (): void => {
    setTyped('');
    setGroup(ALL);
  };
  const words = typed.trim().toLowerCase().split(/\s+/);
  const shown = (items.data ?? []).filter(
    (item) => (group === ALL || item.group === group) && isMeant(item, words),
  );
  return (
    <div className="page catalogue">
      <div className="page__head">
        <h1>{t('place.catalogue')}</h1>
        <TextInput label={t('catalogue.search')} placeholder={t('catalogue.search')} value={typed} onChange={setTyped} />
        <Choice
          label={t('catalogue.group')}
          value={group}
          onChange={setGroup}
          options={[
            { value: ALL, text: t('catalogue.all_groups') },
            ...[...groups].map(([value, name]) => ({ value, text: `${value} ${name}` })),
          ]}
        />
      </div>
      <div className="catalogue__parts">
        <Panel title={t('catalogue.items')} count={shown.length} flush>
          <Loaded query={items} skeletonRows={10}>
            {() =>
              shown.length === 0 ? (
                <NoMatch
                  title={t('catalogue.none')}
                  text={t('catalogue.none_text')}
                  onClear={typed === '' && group === ALL ? null : clear}
                />
              ) : (
                <ul>
                  {shown.map((item) => (
                    <ItemRow key={item.code} item={item} departments={departments} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </Panel>
        <div className="catalogue__beside">
          <TemporaryItems today={new Date().toISOString().slice(0, TODAY_CHARACTERS)} />
          {catalogue && <Editions editions={catalogue.editions} />}
        </div>
      </div>
    </div>
  );
}
