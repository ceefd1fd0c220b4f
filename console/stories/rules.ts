/** Rules of the city and what it warns of: clocks, run cards, deadlines, warnings. */
import type { components } from '../src/api/schema';
import { at } from './pools';
import { away } from './times';
import { idOf } from './values';

type Schemas = components['schemas'];

const WARNING = {
  zh: { event: '停水', headline: '市中心部分街道今晚停水', description: '因管道抢修，18时至22时曼纳海姆大道沿线停水。', instruction: '请提前储水。', area: '曼纳海姆大道沿线' },
  en: { event: 'Water cut', headline: 'No water in parts of the centre this evening', description: 'A main is repaired: no water along Mannerheimintie from 18:00 to 22:00.', instruction: 'Fill a bucket before.', area: 'Along Mannerheimintie' },
};
const STORM = {
  zh: { event: '大风', headline: '今日下午海岸大风', description: '14时起海岸阵风每秒25米。', instruction: '请远离树木与海岸，收好阳台物品。', area: '海岸各区' },
  en: { event: 'Storm', headline: 'Storm on the shore this afternoon', description: 'Gusts of 25 m/s on the shore from 14:00.', instruction: 'Keep away from trees and the shore; take loose things in.', area: 'Districts by the sea' },
};
export const HEADLINES = [
  { zh: '海上大风，今日下午抵岸', en: 'Storm from the sea this afternoon' },
  { zh: '道路结冰', en: 'Ice on roads' },
  { zh: '大雪', en: 'Heavy snow' },
] as const;
const WARNING_STATES = ['DRAFT', 'PUBLISHED', 'CANCELLED'] as const;

/** A warning as far as it has come: what is only drafted has gone out nowhere. */
export function warningOf(index: number) {
  const state = at(WARNING_STATES, index);
  const said = { status: 'Actual', urgency: 'Expected', certainty: 'Likely', response: 'Prepare', severity: at(['Severe', 'Moderate'], index), words: at([STORM, WARNING], index), replaces: null, ring: null };
  const out = state === 'DRAFT' ? { messages: [], approved_at: null, published_at: null } : {};
  return { ...said, ...out, state, moves: [], ended_at: state === 'CANCELLED' ? away(-5) : null };
}

export const RULES = [
  { id: 'one_three_five', name_zh: '一三五分钟处置', name_en: 'One, three, five minutes' },
  { id: 'nfpa_1225', name_zh: 'NFPA 1225 接警与派警时限', name_en: 'NFPA 1225 answering and processing' },
] as const;
const clockRule = (code: string, name_zh: string, name_en: string, seconds: number): Schemas['ClockRuleOut'] => ({
  code, name_zh, name_en, begins: 'received_at', ends: 'dispatched_at', each: 'INCIDENT', units: '', unit_kinds: [], site_kinds: [], kinds: [], limits: [{ seconds, priorities: [], share: 0.9 }], rings_s: [],
});
export const CLOCKS = [clockRule('answer', '接警', 'Answer', 10), clockRule('dispatch', '派警', 'Dispatch', 60), clockRule('arrival', '到场', 'Arrival', 300)];
export const CLASSES = [
  { code: 'URGENT', name_zh: '紧急，2 小时', name_en: 'Urgent, 2 hours', unit: 'CLOCK_HOURS', amount: 2 },
  { code: 'USUAL', name_zh: '一般，3 个工作日', name_en: 'Usual, 3 working days', unit: 'WORKING_DAYS', amount: 3 },
] as const;
export const CARDS = [
  { id: 'fire', version: '2026.1', code: 'STRUCTURE_FIRE', name_zh: '火灾调派表', name_en: 'Run cards of fires', kinds: ['FIRE_STRUCTURE'], levels: [[{ capability: 'FIRE_ENGINE', count: 2 }, { capability: 'LADDER', count: 1 }, { capability: 'AMBULANCE', count: 1 }], [{ capability: 'FIRE_ENGINE', count: 2 }]] },
  { id: 'medical', version: '2026.1', code: 'LIFE_AT_RISK', name_zh: '医疗急救调派表', name_en: 'Run cards of medical help', kinds: ['MEDICAL_CHEST_BREATH'], levels: [[{ capability: 'AMBULANCE', count: 1 }], [{ capability: 'AMBULANCE', count: 1 }]] },
  { id: 'rescue', version: '2026.1', code: 'LIFT', name_zh: '救援调派表', name_en: 'Run cards of rescue', kinds: ['LIFT_TRAPPED'], levels: [[{ capability: 'RESCUE', count: 1 }]] },
  { id: 'traffic', version: '2026.1', code: 'ROAD_CRASH', name_zh: '警务与交通调派表', name_en: 'Run cards of police and traffic', kinds: ['TRAFFIC_INJURY'], levels: [[{ capability: 'POLICE_PATROL', count: 1 }, { capability: 'AMBULANCE', count: 1 }], [{ capability: 'RESCUE', count: 1 }]] },
  { id: 'lifelines', version: '2026.1', code: 'WATER_MAIN', name_zh: '城市生命线调派表', name_en: 'Run cards of lifelines', kinds: ['WATER_MAIN_BURST', 'TREE_DOWN'], levels: [[{ capability: 'UTILITY_CREW', count: 1 }]] },
];
export const PROPOSED: Schemas['CardPlaceOut'][] = [
  { capability: 'RESCUE', state: 'PROPOSED', unit_id: idOf('unit', 6), call_sign: 'F07', travel_s: 184, reason: { code: 'FASTEST_OF_ALL', facts: {} } },
  { capability: 'POLICE_PATROL', state: 'PROPOSED', unit_id: idOf('unit', 8), call_sign: 'P09', travel_s: 221, reason: { code: 'FASTEST_OF_ALL', facts: {} } },
];
export const PEOPLE_ON = [['crew-f01-a', 'crew-f01-b'], ['crew-f01-c', 'crew-f01-d']];
export const STANDS: Schemas['StandOut'][] = [
  { unit_kind: 'FIRE_ENGINE', name: 'Erottaja', lon: 24.9432, lat: 60.1655, count: 3 },
  { unit_kind: 'AMBULANCE', name: 'Hakaniemi', lon: 24.9508, lat: 60.1788, count: 4 },
  { unit_kind: 'PATROL_CAR', name: 'Kamppi', lon: 24.9322, lat: 60.1687, count: 2 },
];

