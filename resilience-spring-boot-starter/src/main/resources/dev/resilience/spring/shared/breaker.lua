-- The beginning of every script that works on the shared state of one breaker; the file of an operation follows it.
-- It orders and dates, and holds no policy: thresholds are judged by the nodes.
-- KEYS 1 state, 2 window, 3 leases, 4 votes, 5 log of the shard: all in one slot
-- ARGV 1 name, 2 channel, 3 state TTL ms, 4 node, 5 epoch known to the node (0: none), 6.. of the operation
-- Answer: status, now ms, then the fields of the state after it and their values in turn; no fields: CLOSED, epoch 0
local STATE_KEY, WINDOW_KEY, LEASES_KEY, VOTES_KEY, LOG_KEY = unpack(KEYS)
local NAME, CHANNEL, NODE = ARGV[1], ARGV[2], ARGV[4]

local MAJOR_VERSION = '1'
local LARGEST = 9007199254740991 -- beyond it doubles skip integers
local DAY, YEAR = 86400000, 31536000000
local LONGEST_OPEN = 7 * DAY
local AHEAD = DAY -- how far ahead of this clock an epoch can honestly be
local LONGEST_FIELD = 1024 -- nothing huge travels to the whole fleet
local LONGEST_NAME, LONGEST_REASON = 128, 600 -- bytes of who gave an order, and why: 200 characters of the endpoint
local LOG_LENGTH = 10000
local LOG_TTLS = 7 -- the log has to outlive the states that it tells of
local HIGHEST_STREAK = 60

local CLOSED, OPEN, HALF_OPEN, RECOVERING = 'CLOSED', 'OPEN', 'HALF_OPEN', 'RECOVERING'
local FORCED_OPEN, FORCED_CLOSED = 'FORCED_OPEN', 'FORCED_CLOSED'
local STATES = {
  [CLOSED] = true, [OPEN] = true, [HALF_OPEN] = true, [RECOVERING] = true, [FORCED_OPEN] = true, [FORCED_CLOSED] = true,
}

-- Names of the fields in the store; one byte each, as a state travels to all nodes with each change.
local FIELD = {
  version = 'v', epoch = 'e', transitions = 'n', state = 's', since = 'c', reason = 'w', node = 'b',
  retryAt = 'r', interval = 'i', streak = 'k',
  forcedUntil = 'fu', orderedBy = 'fb', orderReason = 'fw', operatorEpoch = 'o',
  places = 'pt', failurePerMille = 'pr', slowPerMille = 'px', atOnce = 'pc', lastGrant = 'pg', leaseNumber = 'lq',
  done = 'pd', failed = 'pf', slow = 'ps',
  ramp = 'rd', rampEndsAt = 'ru',
}
local TEXTS = {version = true, state = true, reason = true, node = true, orderedBy = true, orderReason = true}
local LEASES_OF_NODE = 'h:' -- and its name: leases that a node had in this round

-- What begins anew with each change; the rest is carried over.
local CLEARED = {
  reason = '', orderedBy = '', orderReason = '', retryAt = 0, forcedUntil = 0, rampEndsAt = 0, ramp = 0,
  places = 0, failurePerMille = 0, slowPerMille = 0, atOnce = 0, lastGrant = 0, leaseNumber = 0, done = 0, failed = 0, slow = 0,
}

-- The only look at the clock.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function digits(number)
  return string.format('%.0f', number)
end

local function isInteger(text)
  return #text <= 16 and string.find(text, '^%d+$') and tonumber(text) <= LARGEST
end

-- Returns a numeric argument, or refuses the call before anything is changed.
local function argument(index, least, most)
  local number = tonumber(ARGV[index])
  if not number or number ~= number or number < least or number > most then
    error('bad argument ' .. index)
  end
  return number
end

-- Cuts a text to a number of bytes without cutting a character of UTF-8 in two.
local function cut(text, bytes)
  if #text <= bytes then
    return text
  end
  while bytes > 0 and string.byte(text, bytes + 1) >= 0x80 and string.byte(text, bytes + 1) < 0xC0 do
    bytes = bytes - 1
  end
  return string.sub(text, 1, bytes)
end

-- A line of a message is a field, and names of leases are parted by blanks.
if #NAME > 200 or string.find(NAME, '%c') or #NODE > 64 or string.find(NODE, '[%c ]') then
  error('bad name')
end
local STATE_TTL = argument(3, 1, YEAR)
local KNOWN_EPOCH = argument(5, 0, LARGEST)

-- A key of ours that is of another type helps nobody, and would fail each call.
local function dropUnlessSorted(key)
  local size = redis.pcall('ZCARD', key)
  if type(size) == 'table' and size.err then
    redis.call('DEL', key)
  end
end

local function absent()
  local state = {state = CLOSED}
  for name in pairs(FIELD) do
    if not TEXTS[name] then
      state[name] = 0
    end
  end
  return state
end

-- Returns the stored fields by their names in the store, nil if there is something else or too much.
local function fields()
  local raw = redis.pcall('HGETALL', STATE_KEY)
  if raw.err then
    return nil
  end
  local stored = {}
  for i = 1, #raw, 2 do
    if #raw[i + 1] > LONGEST_FIELD then
      return nil
    end
    stored[raw[i]] = raw[i + 1]
  end
  return stored
end

-- Returns the stored state, or nil and the status that says why it is of no use.
local function read()
  local stored = fields()
  if not stored then
    return nil, 'CORRUPT'
  end
  if not next(stored) then
    return absent()
  end
  local version = stored[FIELD.version] or ''
  if version ~= MAJOR_VERSION then
    return nil, (string.find(version, '^%d+$') and #version < 6) and 'VERSION' or 'CORRUPT'
  end
  local state = {}
  for name, field in pairs(FIELD) do
    local value = stored[field]
    if TEXTS[name] then
      state[name] = value
    elseif isInteger(value or '0') then
      state[name] = tonumber(value or '0')
    else
      return nil, 'CORRUPT'
    end
  end
  if not STATES[state.state or ''] or state.epoch < 1 or state.epoch > now + AHEAD then
    return nil, 'CORRUPT'
  end
  return state
end

local current, unusable = read()

local function answer(status)
  local reply = unusable and {} or redis.call('HGETALL', STATE_KEY)
  table.insert(reply, 1, now)
  table.insert(reply, 1, status)
  return reply
end

-- An epoch is a clock that only rises, also over a loss of data: the log may know a later one than the state.
-- Epochs from far ahead are nobody's; they would hide all honest changes from the nodes, for ever.
local function nextEpoch(least)
  dropUnlessSorted(LOG_KEY)
  redis.call('ZREMRANGEBYSCORE', LOG_KEY, '(' .. digits(now + AHEAD), '+inf')
  local newest = redis.call('ZREVRANGE', LOG_KEY, 0, 0, 'WITHSCORES')
  return math.max(now, current.epoch + 1, (tonumber(newest[2]) or 0) + 1, least)
end

local function keepAlive()
  redis.call('PEXPIRE', STATE_KEY, digits(STATE_TTL + math.max(0, current.retryAt - now, current.forcedUntil - now)))
  redis.call('PEXPIRE', LOG_KEY, digits(STATE_TTL * LOG_TTLS))
end

local function forgetLeases()
  for _, field in ipairs(redis.call('HKEYS', STATE_KEY)) do
    if string.sub(field, 1, #LEASES_OF_NODE) == LEASES_OF_NODE then
      redis.call('HDEL', STATE_KEY, field)
    end
  end
  redis.call('DEL', LEASES_KEY, VOTES_KEY)
end

-- Sums belong to an epoch: they are dropped with it, or passed on to the next.
local function keepOrDropWindow(keep)
  local totals = keep and redis.pcall('HGET', WINDOW_KEY, 'T')
  if type(totals) == 'string' and #totals == 64 then
    redis.call('HSET', WINDOW_KEY, 'T', struct.pack('<d', current.epoch) .. string.sub(totals, 9))
  else
    redis.call('DEL', WINDOW_KEY)
  end
end

-- The log is what polling nodes read: the truth, where messages are for speed.
local function record()
  redis.call('ZADD', LOG_KEY, digits(current.epoch), NAME)
  redis.call('ZREMRANGEBYRANK', LOG_KEY, 0, -LOG_LENGTH - 1)
end

local function oneLine(text)
  return (string.gsub(text, '%c', ' '))
end

local function publish()
  local lines = {'name=' .. NAME, 'now=' .. digits(now)}
  local raw = redis.call('HGETALL', STATE_KEY)
  for i = 1, #raw, 2 do
    lines[#lines + 1] = oneLine(raw[i]) .. '=' .. oneLine(raw[i + 1])
  end
  redis.call('PUBLISH', CHANNEL, table.concat(lines, '\n'))
end

-- Writes fields of the current state, and leaves those that only newer versions know.
local function write(changes)
  local pairsToSet = {}
  for name, value in pairs(changes) do
    current[name] = value
    pairsToSet[#pairsToSet + 1] = FIELD[name]
    pairsToSet[#pairsToSet + 1] = type(value) == 'number' and digits(value) or oneLine(value)
  end
  redis.call('HSET', STATE_KEY, unpack(pairsToSet))
end

-- An operator's word: by whom it was said and why, and, if that was not just now to this breaker, when, and whether to all of the name.
local orderedBy, orderReason, saidAt, isPassedOn = '', '', 0, false

-- Reads what an operator's word has besides itself, from an index of ARGV on, all of which may be missing: by whom, why, whom it is for
-- (nothing: this breaker alone), when it was said (an epoch or a time of this clock; 0: now), and, where it is passed on, which node was
-- asked.
local function wordArguments(first)
  local to, node = ARGV[first + 2], ARGV[first + 4] or ''
  orderedBy, orderReason = cut(ARGV[first] or '', LONGEST_NAME), cut(ARGV[first + 1] or '', LONGEST_REASON)
  isPassedOn = to == 'passed'
  saidAt = ARGV[first + 3] and argument(first + 3, 0, LARGEST) or 0
  if isPassedOn and node ~= '' and #node <= 64 and not string.find(node, '[%c ]') then
    NODE = node
  end
  return to
end

-- The only way from one state to another.
local function move(to, changes, keepsWindow)
  local state = {
    version = MAJOR_VERSION, state = to, node = NODE, since = now, epoch = changes.epoch or nextEpoch(0),
    transitions = current.transitions + 1, interval = current.interval, streak = current.streak,
    operatorEpoch = current.operatorEpoch,
  }
  for name, value in pairs(CLEARED) do
    state[name] = value
  end
  for name, value in pairs(changes) do
    state[name] = value
  end
  write(state)
  forgetLeases()
  keepOrDropWindow(keepsWindow)
  record()
  keepAlive()
  publish()
end

-- A move that is an operator's word, and says whose, and when that was said for those that arrive later. Its epoch is later than what
-- it is based on, also where that is another name's, which another clock may have dated.
local function moveByOperator(to, changes)
  local known = math.max(KNOWN_EPOCH, saidAt)
  changes.epoch = nextEpoch(known <= now + AHEAD and known + 1 or 0)
  changes.orderedBy, changes.orderReason = orderedBy, orderReason
  changes.operatorEpoch = saidAt > 0 and math.max(saidAt, current.operatorEpoch) or changes.epoch
  move(to, changes)
end

-- Reads from what the length of an OPEN is drawn, for those who may open: before they change anything.
-- ARGV from `first` on: duration ms, multiplier x 1000, longest ms, jitter percent, random number 0..1000000 of the node
local function intervalArguments(first)
  return {
    duration = argument(first, 1, DAY), multiplier = argument(first + 1, 1000, 100000) / 1000,
    longest = argument(first + 2, 1, LONGEST_OPEN), jitter = argument(first + 3, 0, 100) / 100,
    deviation = argument(first + 4, 0, 1000000) / 500000 - 1,
  }
end

-- Draws the interval, once for the whole fleet.
local function open(reason, streak, rule)
  streak = math.min(streak, HIGHEST_STREAK)
  local base = math.min(rule.duration * rule.multiplier ^ streak, rule.longest)
  local interval = math.max(1, math.floor(base * (1 + rule.jitter * rule.deviation)))
  move(OPEN, {reason = cut(reason, 64), streak = streak, interval = interval, retryAt = now + interval})
end

-- What a round of probes begins with: one at a time.
local function newRound(places, failurePerMille, slowPerMille, ramp)
  return {
    places = places, failurePerMille = failurePerMille, slowPerMille = slowPerMille, ramp = ramp, atOnce = 1, lastGrant = now,
  }
end

-- Ends a force; the rules of the probes after it were told with it.
local function endForce(reason, mover)
  if current.state == FORCED_OPEN then
    local places, failurePerMille = math.max(1, current.places), math.max(1, current.failurePerMille)
    local round = newRound(places, failurePerMille, current.slowPerMille, current.ramp)
    round.reason = reason
    mover(HALF_OPEN, round)
  elseif current.state == FORCED_CLOSED then
    mover(CLOSED, {reason = reason})
  end
end

-- Passes a round of probes.
local function closeAfterProbes(ramp)
  if ramp > 0 then
    move(RECOVERING, {ramp = ramp, rampEndsAt = now + ramp})
  else
    move(CLOSED, {reason = 'PROBES_PASSED'})
  end
end

-- Makes the changes that time alone makes; whoever looks first.
local function makeDueChanges()
  if current.forcedUntil > 0 and now >= current.forcedUntil then
    endForce('EXPIRED', move)
  elseif current.state == RECOVERING and current.rampEndsAt > 0 and now >= current.rampEndsAt then
    move(CLOSED, {reason = 'RAMP_ENDED'}, true)
  end
end

-- A word that was held back, or is passed on, gives way to one that was said later and that its node did not know of.
-- Changes that nobody ordered do not matter, and neither does what was known when nothing was (epoch 0).
local function isOverruled()
  if saidAt > 0 then
    return saidAt > now + AHEAD or (current.operatorEpoch >= saidAt and current.operatorEpoch > KNOWN_EPOCH)
  end
  return KNOWN_EPOCH > 0 and current.operatorEpoch > KNOWN_EPOCH
end

-- An operator's way to repair what makes no sense. What another major version wrote does make sense.
local function repair()
  if unusable == 'CORRUPT' then
    redis.call('DEL', STATE_KEY)
    current, unusable = absent(), nil
  end
end
