import { useTranslation } from 'react-i18next';

import { useEndShare, useLinkedAgencies, type Proposal, type Share } from '../../../api/agencies';
import { useOrganisationName } from '../../../api/reference';
import { useMay } from '../../../api/session';
import type { Incident } from '../../../api/types';
import { Ask } from '../../../ui/Ask';
import { Button } from '../../../ui/Button';
import '../../../ui/deals.css';
import { Panel } from '../../../ui/Panel';
import { Loaded } from '../../../ui/states';
import { When } from '../../../ui/When';
import { AskMove, ShareMove } from './AgencyMoves';
import { HelpRequestCard } from './HelpRequestCard';

function ShareRow({ incident, share }: { incident: Incident; share: Share }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const mayShare = useMay('agency.share');
  const end = useEndShare(incident.id);
  return (
    <li className="deal">
      <span className="deal__head">
        <span className={`chip ${share.running ? 'chip--accent chip--full' : 'chip--square'}`}>
          {t(share.running ? 'agency.told' : 'agency.told_before')}
        </span>
        <strong>{organisationName(share.agency_id)}</strong>
        <span className="soft">
          {t('agency.shared_until')} <When at={share.ended_at ?? share.ends_at} />
        </span>
      </span>
      <span className="soft">
        {share.fields.map((field) => t(`agency.field.${field}`, { defaultValue: field })).join(' · ')}
      </span>
      {share.running && mayShare && (
        <span className="deal__moves">
          <Ask
            button={<Button>{t('agency.end_share')}</Button>}
            title={t('agency.end_share')}
            text={t('agency.end_share_text')}
            label={t('fact.reason')}
            confirm={t('agency.end_share')}
            problem={end.error}
            isPending={end.isPending}
            onAnswer={(reason, close) => end.mutate({ id: share.id, reason }, { onSuccess: close })}
          />
        </span>
      )}
    </li>
  );
}

function ProposalRow({ incident, proposal }: { incident: Incident; proposal: Proposal }) {
  const { t, i18n } = useTranslation();
  const organisationName = useOrganisationName();
  const mayAsk = useMay('agency.ask');
  return (
    <li className="deal">
      <span className="deal__head">
        <span className="chip chip--warn">{t('agency.proposed')}</span>
        <strong>{organisationName(proposal.agency_id)}</strong>
      </span>
      <span>{i18n.language === 'en' ? proposal.reason_en : proposal.reason_zh}</span>
      {!proposal.agreed && <span className="soft">{t('agency.not_agreed')}</span>}
      {proposal.agreed && mayAsk && proposal.capabilities.length > 0 && (
        <span className="deal__moves">
          <AskMove incident={incident} proposal={proposal} />
        </span>
      )}
    </li>
  );
}

/** Which agencies are told of the incident or asked for help with it, and whom the rules propose. */
export function IncidentAgencies({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const links = useLinkedAgencies(incident.id);
  const organisationName = useOrganisationName();
  const mayShare = useMay('agency.share');
  const tools = mayShare && incident.state === 'OPEN' && (
    <>
      <ShareMove incident={incident} />
      <AskMove incident={incident} />
    </>
  );
  return (
    <Panel title={t('agency.title')} tools={tools} flush>
      <Loaded query={links} skeletonRows={2}>
        {({ requests, shares, proposals }) =>
          requests.length + shares.length + proposals.length === 0 ? (
            <p className="deal soft">{t('agency.nobody')}</p>
          ) : (
            <ul>
              {requests.map((request) => (
                <HelpRequestCard
                  key={request.id}
                  request={request}
                  agency={organisationName(request.agency_id)}
                />
              ))}
              {proposals.map((proposal) => (
                <ProposalRow key={proposal.route} incident={incident} proposal={proposal} />
              ))}
              {shares.map((share) => (
                <ShareRow key={share.id} incident={incident} share={share} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
