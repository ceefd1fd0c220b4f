import { Link2, Unlink } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useOpenIncidents } from '../../api/dispatch';
import { useSimilar } from '../../api/intake';
import { useLink, useUnlink, type Relation } from '../../api/links';
import { useKindName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { Incident, LinkedIncident } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { PickBox, type PickOption } from '../../ui/PickBox';
import { Segments } from '../../ui/Segments';

const RELATIONS = ['SAME', 'PART'] as const;

/** Open incidents other than this one: those that are likely the same first, then the rest. */
function useCandidates(incident: Incident, words: string): PickOption[] {
  const { t } = useTranslation();
  const kindName = useKindName();
  const open = useOpenIncidents().data;
  const similar = useSimilar(incident.kind, incident).data;
  return useMemo(() => {
    const likely = new Map(similar?.map((one) => [one.incident_id, one.probability]));
    const share = (id: string): number => likely.get(id) ?? 0;
    return (open ?? [])
      .filter((row) => row.id !== incident.id && row.parent === null)
      .map((row) => ({
        id: row.id,
        name: `${row.number} ${kindName(row.kind)}`,
        detail:
          share(row.id) > 0
            ? t('links.likely', { percent: Math.round(share(row.id) * 100) })
            : row.place_text,
      }))
      .filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()))
      .sort((a, b) => share(b.id) - share(a.id));
  }, [open, similar, incident.id, kindName, t, words]);
}

/** Hang this incident on another one: as the same event, or as a part of it. */
function LinkMove({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const link = useLink();
  const [relation, setRelation] = useState<Relation>('SAME');
  const [parent, setParent] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const options = useCandidates(incident, typed ?? '');
  const chosen = options.find(({ id }) => id === parent);
  return (
    <Ask
      button={
        <Button look="quiet">
          <Link2 size={14} aria-hidden />
          {t('links.link')}
        </Button>
      }
      title={t('links.link')}
      text={t(`links.text.${relation}`)}
      label={t('fact.reason')}
      confirm={t('links.link')}
      problem={link.error}
      isPending={link.isPending}
      isReady={parent !== null}
      onAnswer={(reason, close) =>
        link.mutate(
          {
            id: incident.id,
            body: { parent_id: parent ?? '', relation, reason },
            isAlone: incident.children.length === 0,
          },
          { onSuccess: close },
        )
      }
    >
      <Segments
        label={t('links.relation')}
        segments={RELATIONS.map((value) => ({ value, text: t(`links.as.${value}`) }))}
        value={relation}
        onChange={setRelation}
      />
      <PickBox
        label={t('links.to')}
        options={options}
        value={parent}
        text={typed ?? chosen?.name ?? ''}
        onText={setTyped}
        onChange={(id) => {
          setTyped(null);
          setParent(id);
        }}
        empty={t('links.none')}
      />
    </Ask>
  );
}

/** One incident that hangs on another, and how. */
interface Hanging {
  id: string;
  parentId: string;
  relation: Relation;
}

function UnlinkMove(hanging: Hanging) {
  const { t } = useTranslation();
  const unlink = useUnlink();
  return (
    <Ask
      button={
        <Button look="quiet">
          <Unlink size={14} aria-hidden />
          {t('links.unlink')}
        </Button>
      }
      title={t('links.unlink')}
      label={t('fact.reason')}
      confirm={t('links.unlink')}
      problem={unlink.error}
      isPending={unlink.isPending}
      onAnswer={(reason, close) => unlink.mutate({ ...hanging, reason }, { onSuccess: close })}
    />
  );
}

interface RowProps {
  shown: LinkedIncident;
  relation: string;
  /** The one that is taken off its parent from here, if that may be done. */
  child: Hanging | null;
}

function Row({ shown, relation, child }: RowProps) {
  const kindName = useKindName();
  return (
    <li className="report line-up">
      <span className="chip">{relation}</span>
      <Link to={`/incidents/${shown.id}`} className="figures">
        {shown.number}
      </Link>
      <span>{kindName(shown.kind)}</span>
      {child !== null && <UnlinkMove {...child} />}
    </li>
  );
}

/** What this incident hangs together with, and the moves that link and unlink. */
export function Links({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const mayLink = useMay('incident.link');
  const { parent, children } = incident;
  const linkable = mayLink && incident.moves.includes('link');
  if (parent === null && children.length === 0 && !linkable) return null;
  const as = (state: string): Relation => (state === 'LINKED' ? 'SAME' : 'PART');
  const freed = ({ id, state }: { id: string; state: string }, parentId: string): Hanging | null =>
    mayLink && (state === 'LINKED' || state === 'OPEN')
      ? { id, parentId, relation: as(state) }
      : null;
  return (
    <Panel
      title={t('links.title')}
      count={children.length + (parent === null ? 0 : 1)}
      tools={linkable && <LinkMove incident={incident} />}
      flush
    >
      <ul>
        {parent !== null && (
          <Row
            shown={parent}
            relation={t(`links.parent.${as(incident.state)}`)}
            child={freed(incident, parent.id)}
          />
        )}
        {children.map((child) => (
          <Row
            key={child.id}
            shown={child}
            relation={t(`links.child.${as(child.state)}`)}
            child={freed(child, incident.id)}
          />
        ))}
      </ul>
    </Panel>
  );
}
