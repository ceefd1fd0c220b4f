import { GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useItemName, useOrganisationName } from '../../api/reference';
import type { CaseRow } from '../../api/types';
import { CaseChip } from '../../ui/CaseChip';
import { SealMark } from '../../ui/SealMark';
import { When } from '../../ui/When';

interface Props {
  cases: readonly CaseRow[];
  onOpen: (id: string) => void;
}

/** Cases as a list that the arrow keys walk; Enter opens one. */
export function CaseList({ cases, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const itemName = useItemName();
  const organisationName = useOrganisationName();
  return (
    <GridList
      aria-label={t('place.cases')}
      className="cases"
      items={cases}
      dependencies={[itemName, organisationName, i18n.language]}
      onAction={(id) => onOpen(String(id))}
    >
      {(row) => (
        <GridListItem className="case" textValue={`${row.number} ${itemName(row.item_code)}`}>
          <span className="case__what">
            <span className="case__item">{itemName(row.item_code)}</span>
            <span className="case__place">{row.place_text}</span>
          </span>
          <span className="case__state">
            <CaseChip state={row.state} />
            {row.sealed_to !== null && <SealMark />}
            {row.clock === 'RUNNING' && row.due_at !== null && (
              <span className="soft case__due">
                {t('case_clock.due')} <When at={row.due_at} />
              </span>
            )}
            {row.listed_at !== null && (
              <span className="chip chip--bad">{t('case_clock.listed')}</span>
            )}
          </span>
          <span className="case__organisation">
            {organisationName(row.organisation_id) || (
              <span className="soft">
                {t(row.state === 'MERGED' ? 'case.with_leading' : 'case.nobody')}
              </span>
            )}
          </span>
          <span className="case__number soft figures">{row.number}</span>
          <span className="case__filed soft">
            <When at={row.filed_at} />
          </span>
        </GridListItem>
      )}
    </GridList>
  );
}
