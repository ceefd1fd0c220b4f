import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useAppealMove, useAppeals, type Appeal, type Evaluation } from '../../api/evaluation';
import { nameOf } from '../../api/reference';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Empty, ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';

function AppealRow({ appeal, measure }: { appeal: Appeal; measure: string }) {
  const { t } = useTranslation();
  const make = useAppealMove();
  const decided = appeal.steps.at(-1);
  return (
    <li>
      <strong>{t(`appeal_state.${appeal.state}`)}</strong> · {nameOf(appeal)} · {measure} ·{' '}
      {appeal.case_id === null ? (
        t('appeal.whole')
      ) : (
        <Link to={`/cases/${appeal.case_id}`}>{t('appeal.one_case')}</Link>
      )}
      <br />
      {t(`appeal_ground.${appeal.ground}`)}: {appeal.text}{' '}
      <span className="soft">
        <When at={appeal.filed_at} />
      </span>
      {appeal.decision !== '' && (
        <p className="soft">
          {decided?.made_by_name}: {appeal.decision}
        </p>
      )}
      <div className="line-up">
        {appeal.moves.map((move) =>
          move === 'withdraw' ? (
            <Button
              key={move}
              isDisabled={make.isPending}
              onPress={() => make.mutate({ id: appeal.id, move, reason: null })}
            >
              {t('appeal_move.withdraw')}
            </Button>
          ) : (
            <Ask
              key={move}
              button={<Button>{t(`appeal_move.${move}`)}</Button>}
              title={t(`appeal_move.${move}`)}
              text={t('appeal.decide_text')}
              label={t('fact.reason')}
              confirm={t(`appeal_move.${move}`)}
              problem={make.error}
              isPending={make.isPending}
              onAnswer={(reason, close) =>
                make.mutate({ id: appeal.id, move, reason }, { onSuccess: close })
              }
            />
          ),
        )}
      </div>
      <ProblemNote problem={make.error} />
    </li>
  );
}

/** What was appealed of a month, and what became of it. */
export function Appeals({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const appeals = useAppeals(evaluation.id);
  const names = new Map(evaluation.measures.map((one) => [one.code, nameOf(one)]));
  return (
    <Panel title={t('appeal.all')} count={appeals.data?.length}>
      <Rows
        query={appeals}
        skeletonRows={2}
        empty={<Empty title={t('appeal.none')} text={t('appeal.none_text', { day: evaluation.appeal_until })} />}
      >
        {(rows) => (
          <ul className="stack">
            {rows.map((row) => (
              <AppealRow key={row.id} appeal={row} measure={names.get(row.measure) ?? row.measure} />
            ))}
          </ul>
        )}
      </Rows>
    </Panel>
  );
}
