-- restore: a node knows a later state than the store, which lost it in a flush or a failover. Status RESTORED, STALE.
-- ARGV 6.. field and value in turn, as the node read them; the known epoch is that of this state
local TO_RESTORE = {
  'retryAt', 'interval', 'streak', 'reason', 'orderedBy', 'orderReason', 'forcedUntil', 'places', 'failurePerMille', 'slowPerMille',
  'ramp', 'rampEndsAt', 'transitions', 'operatorEpoch',
}

local function given()
  local byField = {}
  for i = 6, #ARGV - 1, 2 do
    byField[ARGV[i]] = ARGV[i + 1]
  end
  return byField
end

local function restored(byField)
  local state = {}
  for _, name in ipairs(TO_RESTORE) do
    local value = byField[FIELD[name]]
    if value and TEXTS[name] then
      state[name] = cut(value, LONGEST_REASON)
    elseif value then
      if not isInteger(value) then
        error('bad field ' .. FIELD[name])
      end
      state[name] = tonumber(value)
    end
  end
  return state
end

-- The log remembers changes that outlived their state: a node that was away for long must not bring back an old force.
local function isOutdated()
  dropUnlessSorted(LOG_KEY)
  local logged = tonumber(redis.call('ZSCORE', LOG_KEY, NAME) or '0') or 0
  return current.epoch >= KNOWN_EPOCH or (logged > KNOWN_EPOCH and logged <= now + AHEAD) or KNOWN_EPOCH > now + AHEAD
end

local function isOver(state)
  local untilTime = state.forcedUntil or 0
  return (untilTime > 0 and untilTime <= now) or untilTime > now + YEAR or (state.retryAt or 0) > now + LONGEST_OPEN
end

if unusable then
  return answer(unusable)
end
local byField = given()
local to = byField[FIELD.state]
if not STATES[to or ''] then
  error('bad field ' .. FIELD.state)
end
local state = restored(byField)
makeDueChanges()
if isOutdated() or isOver(state) then
  return answer('STALE')
end
if to == HALF_OPEN then -- its leases are lost, so the round begins anew with the next claim
  to, state.retryAt, state.reason, state.orderedBy, state.orderReason = OPEN, now, 'RESTORED', '', ''
end
state.epoch = nextEpoch(KNOWN_EPOCH + 1)
move(to, state)
return answer('RESTORED')
