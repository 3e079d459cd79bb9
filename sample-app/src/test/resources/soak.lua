-- Customers of the soak, for wrk: which of them, and a seed, are the arguments behind "--".
-- Each thread draws its own requests; what came back is counted by status and printed at the end, one line each.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

local regions = {"EU", "US", "AP"}
local who
local asked = 0

function init(args)
  who = args[1]
  math.randomseed(tonumber(args[2]) + number)
  statuses = {}
end

-- Without a rest the sample would be busy with refusing.
function delay()
  return math.random(10, 50)
end

local function headers()
  local given = {}
  local draw = math.random(10)
  if draw == 1 then
    given["X-Request-Timeout"] = tostring(math.random(0, 400))
  elseif draw == 2 then
    given["X-Request-Timeout"] = "soon"
  end
  draw = math.random(4)
  if draw == 1 then
    given["X-Request-Criticality"] = "customer"
  elseif draw == 2 then
    given["X-Request-Criticality"] = "background"
  end
  return given
end

-- Forty tenants at a time, and others every few thousand requests. Without deadlines, so that guards and callers count the same.
local function tenant()
  local name = "tenant-" .. (math.floor(asked / 2000) * 10 + math.random(40))
  local millis = math.random(50) == 1 and 500 or math.random(0, 30)
  local sick = math.floor(asked / 1000) % 3 == 0
  local fails = math.random(100) <= (sick and 70 or 5)
  return wrk.format("GET", "/tenants/" .. name .. "?millis=" .. millis .. "&fails=" .. tostring(fails))
end

local function customer()
  local region = "?region=" .. regions[math.random(3)]
  local draw = math.random(10)
  if draw <= 4 then
    return wrk.format("POST", "/orders" .. region, headers())
  elseif draw <= 7 then
    return wrk.format("GET", "/payment-methods" .. region, headers())
  elseif draw <= 9 then
    return wrk.format("GET", "/quotes" .. region, headers())
  end
  return wrk.format("POST", "/reconciliations" .. region, headers())
end

function request()
  asked = asked + 1
  return who == "tenants" and tenant() or customer()
end

function response(status)
  statuses[status] = (statuses[status] or 0) + 1
end

function done(summary)
  local sums = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do
      sums[status] = (sums[status] or 0) + count
    end
  end
  for status, count in pairs(sums) do
    print("status " .. status .. " " .. count)
  end
  for _, kind in ipairs({"connect", "read", "write", "timeout"}) do
    print("error " .. kind .. " " .. summary.errors[kind])
  end
end
