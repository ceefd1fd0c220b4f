/** What the stories are about: kinds, items and organisations of the sample city, by name. */

export const KINDS = [
  { code: 'FIRE_STRUCTURE', name_zh: '建筑火灾', name_en: 'Building fire', priority: 1, group: 'FIRE', group_zh: '火灾与危险物', group_en: 'Fire and dangerous substances' },
  { code: 'MEDICAL_CHEST_BREATH', name_zh: '胸痛、呼吸困难', name_en: 'Chest pain or trouble breathing', priority: 1, group: 'MEDICAL', group_zh: '医疗急救', group_en: 'Medical help' },
  { code: 'LIFT_TRAPPED', name_zh: '电梯困人', name_en: 'People trapped in a lift', priority: 2, group: 'RESCUE', group_zh: '救援', group_en: 'Rescue' },
  { code: 'TRAFFIC_INJURY', name_zh: '交通事故有人受伤', name_en: 'Road crash with injury', priority: 1, group: 'TRAFFIC', group_zh: '道路交通', group_en: 'Road traffic' },
  { code: 'WATER_MAIN_BURST', name_zh: '供水管爆裂', name_en: 'Burst water main', priority: 2, group: 'LIFELINE', group_zh: '城市生命线', group_en: 'Lifelines' },
  { code: 'TREE_DOWN', name_zh: '树木倒伏', name_en: 'Fallen tree', priority: 2, group: 'WEATHER', group_zh: '天气与自然灾害', group_en: 'Weather and nature' },
  { code: 'BREAK_IN', name_zh: '入室盗窃', name_en: 'Break-in', priority: 2, group: 'PROTECTION', group_zh: '求助与防护', group_en: 'Protection and help' },
  { code: 'LAMP_OUT', name_zh: '路灯不亮', name_en: 'Street lamp out', priority: 4, group: 'CITY', group_zh: '城市事务', group_en: 'City matters' },
] as const;

export const ITEMS = [
  { code: '0101', name_zh: '路面塌陷', name_en: 'Road cave-in', group: '01', group_zh: '道路设施', group_en: 'Roads', lead: 'MUNICIPAL_WORKS' },
  { code: '0201', name_zh: '路灯不亮', name_en: 'Street lamp out', group: '02', group_zh: '照明设施', group_en: 'Lighting', lead: 'MUNICIPAL_WORKS' },
  { code: '0301', name_zh: '供水管爆裂', name_en: 'Burst water main', group: '03', group_zh: '供排水', group_en: 'Water and drains', lead: 'WATER' },
  { code: '0501', name_zh: '暴露垃圾', name_en: 'Exposed rubbish', group: '05', group_zh: '市容环境', group_en: 'Cleanliness', lead: 'MUNICIPAL_WORKS' },
  { code: '0601', name_zh: '招牌、广告松动', name_en: 'Loose sign or billboard', group: '06', group_zh: '户外设施', group_en: 'Signs', lead: 'MUNICIPAL_WORKS' },
  { code: '0701', name_zh: '树木倒伏、断枝', name_en: 'Fallen tree or branch', group: '07', group_zh: '园林绿化', group_en: 'Trees and parks', lead: 'PARKS' },
  { code: '0801', name_zh: '信号灯故障', name_en: 'Traffic signal fault', group: '08', group_zh: '交通设施', group_en: 'Traffic signals', lead: 'TRAFFIC_POLICE' },
  { code: '1001', name_zh: '消防通道堵塞', name_en: 'Blocked fire lane', group: '10', group_zh: '消防安全', group_en: 'Fire safety', lead: 'TRAFFIC_POLICE' },
] as const;

export const ORGANISATIONS = [
  { code: 'COORDINATION_CENTRE', kind: 'COORDINATION_CENTRE', name_zh: '综治中心', name_en: 'Coordination centre' },
  { code: 'WATER', kind: 'DEPARTMENT', name_zh: '供水排水科', name_en: 'Water and drainage desk' },
  { code: 'TRAFFIC_POLICE', kind: 'DEPARTMENT', name_zh: '交通管理科', name_en: 'Traffic police desk' },
  { code: 'MUNICIPAL_WORKS', kind: 'DEPARTMENT', name_zh: '市政工程科', name_en: 'Municipal works desk' },
  { code: 'PARKS', kind: 'DEPARTMENT', name_zh: '园林绿化科', name_en: 'Parks desk' },
  { code: 'FIRE_EROTTAJA', kind: 'STATION', name_zh: '埃罗塔亚消防站', name_en: 'Erottaja fire station' },
  { code: 'AMBULANCE_HAKANIEMI', kind: 'STATION', name_zh: '哈卡涅米急救站', name_en: 'Hakaniemi ambulance station' },
  { code: 'EMERGENCY_CENTRE', kind: 'EMERGENCY_CENTRE', name_zh: '接处警中心', name_en: 'Emergency centre' },
] as const;

/** Units: what they are, bring and do; the number of the incident they are at, and of their station. */
export const UNITS = [
  { call_sign: 'F01', kind: 'FIRE_ENGINE', capability: 'FIRE_ENGINE', status: 'EN_ROUTE', incident: 0, station: 5 },
  { call_sign: 'A02', kind: 'AMBULANCE', capability: 'AMBULANCE', status: 'ON_SCENE', incident: 1, station: 6 },
  { call_sign: 'P03', kind: 'PATROL_CAR', capability: 'POLICE_PATROL', status: 'ASSIGNED', incident: 3, station: 2 },
  { call_sign: 'L04', kind: 'LADDER_TRUCK', capability: 'LADDER', status: 'ASSIGNED', incident: 0, station: 5 },
  { call_sign: 'U05', kind: 'UTILITY_VAN', capability: 'UTILITY_CREW', status: 'ON_SCENE', incident: 4, station: 1 },
  { call_sign: 'G06', kind: 'GRID_PATROL', capability: 'GRID_PATROL', status: 'AVAILABLE', incident: null, station: 0 },
  { call_sign: 'F07', kind: 'FIRE_ENGINE', capability: 'FIRE_ENGINE', status: 'AVAILABLE', incident: null, station: 5 },
  { call_sign: 'A08', kind: 'AMBULANCE', capability: 'AMBULANCE', status: 'AVAILABLE', incident: null, station: 6 },
  { call_sign: 'P09', kind: 'PATROL_CAR', capability: 'POLICE_PATROL', status: 'AVAILABLE', incident: null, station: 2 },
  { call_sign: 'A10', kind: 'AMBULANCE', capability: 'AMBULANCE', status: 'OUT_OF_SERVICE', incident: null, station: 6 },
  { call_sign: 'U11', kind: 'UTILITY_VAN', capability: 'UTILITY_CREW', status: 'OFF_DUTY', incident: null, station: 1 },
] as const;
export const UNIT_KINDS = ['FIRE_ENGINE', 'AMBULANCE', 'PATROL_CAR', 'LADDER_TRUCK', 'UTILITY_VAN', 'GRID_PATROL'] as const;

export const PLACES = ['Mannerheimintie 3', 'Liisankatu 20', 'Vilhonkatu 7', 'Annankatu 18', 'Unioninkatu 40', 'Kalevankatu 6', 'Hämeentie 12', 'Bulevardi 5'] as const;

/** Who does things, by what they do: nobody is invented. */
export const PEOPLE = [
  { name_zh: '值班长', name_en: 'Supervisor' },
  { name_zh: '调度员', name_en: 'Dispatcher' },
  { name_zh: '网格员', name_en: 'Grid officer' },
  { name_zh: '接警员', name_en: 'Call-taker' },
] as const;

export const CELLS = [
  { name_zh: '克卢努哈卡第一网格', name_en: 'Kruununhaka, cell 1' },
  { name_zh: '卡姆皮第二网格', name_en: 'Kamppi, cell 2' },
  { name_zh: '卡利奥第三网格', name_en: 'Kallio, cell 3' },
  { name_zh: '普纳沃里第一网格', name_en: 'Punavuori, cell 1' },
] as const;

/** Incidents in the order in which they came in, newest last, by the index of their kind. */
const RECEIVED = [120, 118, 121, 119, 117] as const;
const padded = (number: number): string => String(number).padStart(5, '0');
export function incidentNumber(index: number): string {
  return `20261123-${padded(RECEIVED[index] ?? 117 + index)}`;
}
/** The newest case has the highest number; before today's come those of the day before. */
const TODAYS_CASES = 31;
export function caseNumber(index: number): string {
  return index < TODAYS_CASES ? `C-20261123-${padded(TODAYS_CASES - index)}` : `C-20261122-${padded(10_031 - index)}`;
}

/** The entry of a pool at an index, round and round. */
export function at<Entry>(pool: readonly Entry[], index: number): Entry {
  const entry = pool[index % pool.length];
  if (entry === undefined) throw new Error('A pool is empty.');
  return entry;
}
