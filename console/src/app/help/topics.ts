/** Which pages of the documentation help on which screen, in both languages. */
import type { Language } from '../../i18n';

/** A page of `docs/`, or after `#` the heading of one section of it. */
export type Ref = string;

type Topic = Record<Language, readonly Ref[]>;

const en = (...refs: Ref[]): Ref[] => refs.map((ref) => `officer/${ref}`);
const zh = (...refs: Ref[]): Ref[] => refs.map((ref) => `zh_CN/${ref}`);
const topic = (english: Ref[], chinese: Ref[]): Topic => ({
  en: en(...english),
  'zh-CN': zh(...chinese),
});

/** By the beginning of an address, the longer one first. */
export const TOPICS: readonly (readonly [RegExp, Topic])[] = [
  [/^\/next/u, topic(['screens#What is next'], ['screens#待办'])],
  [/^\/call/u, topic(['screens#Taking a call', 'call_taking'], ['screens#接警', 'call_taking'])],
  [/^\/map/u, topic(['screens#The map', 'dispatching'], ['screens#地图', 'dispatching'])],
  [/^\/incidents\/[^/]+\/review/u, topic(['looking_back'], ['officer#交接班与复盘'])],
  [/^\/incidents\/./u, topic(['screens#An incident', 'dispatching', 'duplicates'], ['screens#警情页面', 'dispatching'])],
  [/^\/incidents/u, topic(['screens#The queue', 'dispatching', 'duplicates'], ['screens#警情队列', 'dispatching'])],
  [/^\/planner/u, topic(['planning'], ['planner'])],
  [/^\/plan/u, topic(['screens#One plan for all that waits'], ['screens#统一派警'])],
  [/^\/units\/./u, topic(['screens#A unit', 'shifts'], ['screens#力量页面', 'officer#力量与班次'])],
  [/^\/units/u, topic(['screens#The board', 'shifts'], ['screens#力量看板', 'officer#力量与班次'])],
  [/^\/run-cards/u, topic(['screens#Run cards', 'run_cards'], ['screens#出动卡', 'officer#出动卡'])],
  [/^\/closures/u, topic(['screens#Closed roads', 'dispatching'], ['screens#封路', 'dispatching'])],
  [/^\/crew/u, topic(["screens#The crew's telephone", 'on_the_way'], ['screens#处警手机', 'on_the_way'])],
  [/^\/inbox/u, topic(["screens#An agency's inbox", 'agencies'], ['screens#联动收件箱', 'agencies'])],
  [/^\/agreements/u, topic(['screens#Agreements and webhooks', 'agencies'], ['screens#联动协议与推送', 'agencies'])],
  [/^\/warnings/u, topic(['screens#Warnings', 'agencies'], ['screens#公众预警', 'agencies'])],
  [/^\/field/u, topic(['in_the_field'], ['in_the_field'])],
  [/^\/joint-tasks/u, topic(['joint_tasks'], ['joint_tasks'])],
  [/^\/(cases|catalogue|routing|broken-glass)/u, topic(['screens#Cases', 'casework'], ['screens#案件', 'casework'])],
  [/^\/volunteers/u, topic(['volunteers'], ['volunteers'])],
  [/^\/overview/u, topic(['screens#The overview', 'conservation'], ['screens#概况', 'officer#不遗漏'])],
  [/^\/wall/u, topic(['screens#The wall'], ['screens#大屏'])],
  [/^\/reports/u, topic(['screens#Reports'], ['screens#报表'])],
  [/^\/evaluation/u, topic(['evaluation'], ['evaluation'])],
  [/^\/(handover|replay)/u, topic(['looking_back'], ['officer#交接班与复盘'])],
  [/^\/account/u, { en: ['operator/accounts'], 'zh-CN': ['zh_CN/accounts'] }],
  [/^\/audit/u, { en: ['operator/audit'], 'zh-CN': ['zh_CN/operator'] }],
  [/^\/sign-in/u, { en: ['operator/retention', 'operator/accounts'], 'zh-CN': ['zh_CN/retention', 'zh_CN/accounts'] }],
];
/** Of all screens at once. */
export const GENERAL: Topic = topic(['screens'], ['screens']);

/** What helps at an address, in a language. */
export function helpAt(address: string, language: Language): readonly Ref[] {
  const found = TOPICS.find(([pattern]) => pattern.test(address));
  return (found?.[1] ?? GENERAL)[language];
}
