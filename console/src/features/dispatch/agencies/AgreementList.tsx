import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { FIELDS, useAgreementMove, useAgreements, type Agreement } from '../../../api/agencies';
import { useKindName, useOrganisationName } from '../../../api/reference';
import { useMe } from '../../../api/session';
import { Ask } from '../../../ui/Ask';
import { Button } from '../../../ui/Button';
import { Panel } from '../../../ui/Panel';
import { Rows } from '../../../ui/Rows';
import { Empty, ProblemNote } from '../../../ui/states';
import { When } from '../../../ui/When';

const LOOKS: Record<Agreement['state'], string> = {
  OFFERED: 'chip--warn',
  ACCEPTED: 'chip--good chip--full',
  REFUSED: 'chip--bad',
  WITHDRAWN: 'chip--square',
  ENDED: 'chip--square',
};

function AgreementCard({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const organisationName = useOrganisationName();
  const mine = useMe().organisation.id === agreement.agency_id;
  const make = useAgreementMove();
  const words = FIELDS.filter((field) => agreement.fields.includes(field));
  return (
    <li className="deal">
      <span className="deal__head">
        <span className={`chip ${LOOKS[agreement.state]}`}>
          {t(`agency.agreement.${agreement.state}`)}
        </span>
        {!mine && <strong>{organisationName(agreement.agency_id)}</strong>}
        <span className="soft">
          <When at={agreement.begins_at} /> – <When at={agreement.ends_at} />
        </span>
      </span>
      <span>{words.map((field) => t(`agency.field.${field}`)).join(' · ')}</span>
      <span className="soft">
        {agreement.kinds.length === 0
          ? t('agency.all_kinds')
          : agreement.kinds.map(kindName).join(' · ')}
      </span>
      {agreement.moves.length > 0 && (
        <span className="deal__moves">
          {agreement.moves.includes('accept') && (
            <Button
              look="main"
              isDisabled={make.isPending}
              onPress={() => make.mutate({ id: agreement.id, move: 'accept' })}
            >
              {t('agency.move.accept')}
            </Button>
          )}
          {(['refuse', 'withdraw', 'end'] as const)
            .filter((move) => agreement.moves.includes(move))
            .map((move) => (
              <Ask
                key={move}
                button={<Button>{t(`agency.move.${move}`)}</Button>}
                title={t(`agency.move.${move}`)}
                text={t('agency.end_text')}
                label={t('fact.reason')}
                confirm={t(`agency.move.${move}`)}
                problem={make.error}
                isPending={make.isPending}
                onAnswer={(reason, close) =>
                  make.mutate({ id: agreement.id, move, reason }, { onSuccess: close })
                }
              />
            ))}
        </span>
      )}
      <ProblemNote problem={make.error} />
    </li>
  );
}

/** The agreements that whoever reads has part in, with the moves of its side. */
export function AgreementList({ tools }: { tools?: ReactNode }) {
  const { t } = useTranslation();
  const agreements = useAgreements();
  return (
    <Panel title={t('agency.agreements')} count={agreements.data?.length} tools={tools} flush>
      <Rows
        query={agreements}
        empty={
          <Empty
            steps={null}
            title={t('agency.no_agreements')}
            text={t(tools === undefined ? 'agency.none_agreed' : 'agency.no_agreements_text')}
          />
        }
      >
        {(rows) => (
          <ul>
            {rows.map((agreement) => (
              <AgreementCard key={agreement.id} agreement={agreement} />
            ))}
          </ul>
        )}
      </Rows>
    </Panel>
  );
}
