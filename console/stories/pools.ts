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
  { code: '0101', name_zh: '路面塌陷', name_en: 'Road cave-in' },
  { code: '0201', name_zh: '路灯不亮', name_en: 'Street lamp out' },
  { code: '0301', name_zh: '供水管爆裂', name_en: 'Burst water main' },
  { code: '0501', name_zh: '暴露垃圾', name_en: 'Exposed rubbish' },
  { code: '0601', name_zh: '招牌、广告松动', name_en: 'Loose sign or billboard' },
  { code: '0701', name_zh: '树木倒伏、断枝', name_en: 'Fallen tree or branch' },
  { code: '0801', name_zh: '信号灯故障', name_en: 'Traffic signal fault' },
  { code: '1001', name_zh: '消防通道堵塞', name_en: 'Blocked fire lane' },
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

export const UNIT_KINDS = ['FIRE_ENGINE', 'AMBULANCE', 'PATROL_CAR', 'LADDER_TRUCK', 'UTILITY_VAN', 'GRID_PATROL'] as const;

export const PLACES = ['Mannerheimintie 3', 'Liisankatu 20', 'Vilhonkatu 7', 'Annankatu 18', 'Unioninkatu 40', 'Kalevankatu 6'] as const;

/** Who does things, by what they do: nobody is invented. */
export const PEOPLE = [
  { name_zh: '值班长', name_en: 'Supervisor' },
  { name_zh: '调度员', name_en: 'Dispatcher' },
  { name_zh: '网格员', name_en: 'Grid officer' },
  { name_zh: '接警员', name_en: 'Call-taker' },
] as const;

export const SENTENCES = [
  { zh: '三楼窗口冒烟，窗边有人。', en: 'Smoke from a window on the third floor, somebody is at the window.' },
  { zh: '小汽车撞上有轨电车，有人流血。', en: 'A car against a tram, somebody bleeds.' },
  { zh: '因管道抢修，18时至22时沿线停水，请提前储水。', en: 'A main is repaired: no water along the street from 18:00 to 22:00.' },
  { zh: '路灯连续五盏不亮，行人看不清台阶。', en: 'Five street lamps in a row are out, the steps cannot be seen.' },
] as const;

/** The entry of a pool at an index, round and round. */
export function at<Entry>(pool: readonly Entry[], index: number): Entry {
  const entry = pool[index % pool.length];
  if (entry === undefined) throw new Error('A pool is empty.');
  return entry;
}
