import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { type Act, type Refusal } from '../../api/acts';
import { changeActs, dropAct, markAct } from '../../api/actStore';
import { sendNow } from '../../api/actSending';
import { isOnCase, redone, type FieldDeed } from '../../api/fieldDeeds';
import { useItemName, useOrganisationName } from '../../api/reference';
import { useFieldCase } from '../../api/round';
import type { FieldCase } from '../../api/types';
import { Button } from '../../ui/Button';
import { CaseChip } from '../../ui/CaseChip';
import { useAbout } from '../../ui/Timeline';
import { useMaker } from '../../ui/useMaker';
import { When } from '../../ui/When';
import { BlobImage } from './BlobImage';

interface Props {
  act: Act<FieldDeed>;
  refusal: Refusal;
  /** All that waits: acts on the same case are redone together. */
  acts: readonly Act[];
}

export function useDeedName(): (deed: FieldDeed) => string {
  const { t } = useTranslation();
  const itemName = useItemName();
  return (deed) => {
    if (deed.kind === 'file') return `${t('field.deed.file')} · ${itemName(deed.found.itemCode)}`;
    if (deed.kind === 'case_photo') return `${t('field.deed.photo')} · ${deed.number}`;
    return `${t(`case_move.${deed.move}`)} · ${deed.number}`;
  };
}

function wordsOf(deed: FieldDeed): string {
  if (deed.kind === 'file') return deed.found.text;
  if (deed.kind === 'case_photo') return '';
  const { outcome, note, reason } = deed.facts;
  return outcome ?? note ?? reason ?? '';
}

function Mine({ act }: { act: Act<FieldDeed> }) {
  const { t } = useTranslation();
  const nameOf = useDeedName();
  const { deed } = act;
  const photo = deed.kind === 'case_move' ? null : deed.photo;
  return (
    <section className="conflict__side" aria-label={t('field.mine')}>
      <h3>{t('field.mine')}</h3>
      <p>
        <strong>{nameOf(deed)}</strong>
      </p>
      <p className="soft">
        <When at={act.toldAt} />
      </p>
      {wordsOf(deed) !== '' && <q>{wordsOf(deed)}</q>}
      {photo !== null && <BlobImage blob={photo} alt={t('field.photo_taken')} />}
    </section>
  );
}

function Meanwhile({ there, seen }: { there: FieldCase; seen: number }) {
  const { t } = useTranslation();
  const about = useAbout('case');
  const maker = useMaker();
  const organisationName = useOrganisationName();
  return (
    <>
      <CaseChip state={there.state} /> {organisationName(there.organisation_id)}
      <ol>
        {there.others.slice(seen).map((step) => (
          <li key={`${step.made_at} ${step.move}`}>
            <strong>{t(`case_step.${step.move}`, { defaultValue: step.move })}</strong>{' '}
            {about(step.facts)}
            {['outcome', 'note', 'reason'].map((name) => {
              const said = step.facts[name];
              return said === undefined ? null : <q key={name}>{said}</q>;
            })}
            <span className="soft">
              {maker(step.made_by_name)} · <When at={step.made_at} />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function stillPossible(deed: FieldDeed, there: FieldCase | undefined): boolean {
  if (deed.kind === 'file' || there === undefined) return false;
  return deed.kind === 'case_photo' ? there.may_add_photo : there.moves.includes(deed.move);
}

/** What was not taken: both sides beside each other. Nothing happens until the officer decides. */
export function Conflict({ act, refusal, acts }: Props) {
  const { t } = useTranslation();
  const { deed } = act;
  const there = useFieldCase(act.subjectId, isOnCase(deed)).data;
  const isPossible = stillPossible(deed, there);
  const again = (): void => {
    const change = there ? changeActs(redone(acts, act, there.seen)) : markAct(act, null);
    void change.then(sendNow);
  };
  return (
    <li className="conflict">
      <div role="alert">
        <h2>
          <TriangleAlert size={18} aria-hidden />
          {t('field.not_taken')}
        </h2>
      </div>
      <div className="conflict__sides">
        <Mine act={act} />
        <section className="conflict__side" aria-label={t('field.meanwhile')}>
          <h3>{t('field.meanwhile')}</h3>
          {there && deed.kind !== 'file' ? (
            <Meanwhile there={there} seen={deed.seen} />
          ) : (
            <p>{refusal.title}</p>
          )}
        </section>
      </div>
      <p className="soft">{there && !isPossible ? t('field.no_more') : refusal.title}</p>
      <div className="field__pair">
        <Button isDisabled={there !== undefined && !isPossible} onPress={again}>
          {t(isPossible ? 'field.all_the_same' : 'action.retry')}
        </Button>
        <Button onPress={() => void dropAct(act.order).then(sendNow)}>{t('field.put_aside')}</Button>
      </div>
    </li>
  );
}
