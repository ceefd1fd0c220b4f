import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useCase } from '../../api/casework';
import { useItemName, useOrganisationName } from '../../api/reference';
import { Button } from '../../ui/Button';
import { CaseChip } from '../../ui/CaseChip';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { When } from '../../ui/When';

interface Props {
  id: string;
  onClose: () => void;
  onOpen: (caseId: string) => void;
}

/** A case that was picked on the map, in short. */
export function PickedCase({ id, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const found = useCase(id);
  const itemName = useItemName();
  const organisationName = useOrganisationName();
  return (
    <div className="picked">
      <Panel
        title={found.data ? itemName(found.data.item_code) : t('place.cases')}
        tools={
          <Button look="quiet" icon aria-label={t('action.close_card')} onPress={onClose}>
            <X size={16} aria-hidden />
          </Button>
        }
      >
        <Loaded query={found} skeletonRows={2}>
          {(row) => (
            <>
              <div className="line-up">
                <CaseChip state={row.state} />
                <span className="figures">{row.number}</span>
                <When at={row.filed_at} />
              </div>
              <p>{organisationName(row.organisation_id)}</p>
            </>
          )}
        </Loaded>
        <Button look="main" onPress={() => onOpen(id)}>
          {t('map.open_case')}
        </Button>
      </Panel>
    </div>
  );
}
