#include "engine/metrics/pickle_machine.h"

#include <array>
#include <cstring>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t mostPickleValues = 1'000'000; ///< on the stack, and remembered

[[noreturn]] void refusePickle(const std::string& why) {
    throw Error(ErrorKind::BadInput, why);
}

constexpr std::array<std::pair<std::string_view, const char*>, 10> storageTypes{{
    {"torch.FloatStorage", "F32"},
    {"torch.DoubleStorage", "F64"},
    {"torch.HalfStorage", "F16"},
    {"torch.BFloat16Storage", "BF16"},
    {"torch.LongStorage", "I64"},
    {"torch.IntStorage", "I32"},
    {"torch.ShortStorage", "I16"},
    {"torch.CharStorage", "I8"},
    {"torch.ByteStorage", "U8"},
    {"torch.BoolStorage", "BOOL"},
}};

const char* storageType(std::string_view name) {
    for (const auto& [known, dtype] : storageTypes) {
        if (known == name) {
            return dtype;
        }
    }
    return nullptr;
}

bool isAllowed(std::string_view name) {
    return name == "collections.OrderedDict" || name == "torch._utils._rebuild_tensor_v2" ||
           name == "torch._utils._rebuild_parameter" || storageType(name) != nullptr;
}

using ListPointer = std::shared_ptr<PickleList>;
using DictPointer = std::shared_ptr<PickleDict>;

class PickleMachine {
public:
    explicit PickleMachine(std::string_view bytes) : bytes_(bytes) {}

    PickleValue run() {
        for (;;) {
            const auto operation = static_cast<unsigned char>(take(1)[0]);
            if (operation == '.') {
                return pop();
            }
            step(operation);
            if (stack_.size() > mostPickleValues || memo_.size() > mostPickleValues) {
                refusePickle("it holds more values than a state_dict has");
            }
        }
    }
    std::size_t position() const { return at_; }

private:
    void step(unsigned char operation) {
        if (!stepConstant(operation) && !stepContainer(operation) && !stepMemory(operation) &&
            !stepObject(operation)) {
            refusePickle(fmt::format("its operation 0x{:02x} is not one that tensors need", operation));
        }
    }

    bool stepConstant(unsigned char operation) {
        switch (operation) {
        case 0x80: // PROTO
            take(1);
            return true;
        case 0x95: // FRAME
            take(8);
            return true;
        case 'N':
            push(std::monostate{});
            return true;
        case 0x88:
        case 0x89:
            push(operation == 0x88);
            return true;
        case 'J':
            push(std::int64_t{static_cast<std::int32_t>(number(4))});
            return true;
        case 'K':
            push(static_cast<std::int64_t>(number(1)));
            return true;
        case 'M':
            push(static_cast<std::int64_t>(number(2)));
            return true;
        case 0x8A: // LONG1
            pushLong(take(number(1)));
            return true;
        case 'G':
            pushReal();
            return true;
        case 'X':
            push(std::string(take(number(4))));
            return true;
        case 0x8C: // SHORT_BINUNICODE
            push(std::string(take(number(1))));
            return true;
        default:
            return false;
        }
    }

    bool stepContainer(unsigned char operation) {
        switch (operation) {
        case '}':
            push(std::make_shared<PickleDict>());
            return true;
        case ']':
        case ')':
            push(std::make_shared<PickleList>());
            return true;
        case '(':
            marks_.push_back(stack_.size());
            return true;
        case 't':
            push(std::make_shared<PickleList>(PickleList{popToMark()}));
            return true;
        case 0x85:
        case 0x86:
        case 0x87:
            push(std::make_shared<PickleList>(PickleList{popMany(operation - 0x84U)}));
            return true;
        case 'a':
            append(popMany(1));
            return true;
        case 'e':
            append(popToMark());
            return true;
        case 's':
            setItems(popMany(2));
            return true;
        case 'u':
            setItems(popToMark());
            return true;
        default:
            return false;
        }
    }

    bool stepMemory(unsigned char operation) {
        switch (operation) {
        case 'q':
            memo_[number(1)] = top();
            return true;
        case 'r':
            memo_[number(4)] = top();
            return true;
        case 0x94: // MEMOIZE
            memo_[memo_.size()] = top();
            return true;
        case 'h':
            recall(number(1));
            return true;
        case 'j':
            recall(number(4));
            return true;
        default:
            return false;
        }
    }

    bool stepObject(unsigned char operation) {
        switch (operation) {
        case 'c': {
            const std::string module(line());
            pushGlobal(module + '.' + std::string(line()));
            return true;
        }
        case 0x93: { // STACK_GLOBAL
            const std::vector<PickleValue> names = popMany(2);
            pushGlobal(as<std::string>(names[0]) + '.' + as<std::string>(names[1]));
            return true;
        }
        case 'Q':
            push(storageOf(as<ListPointer>(pop())->items));
            return true;
        case 'R': {
            const std::vector<PickleValue> call = popMany(2);
            push(rebuilt(as<PickleGlobal>(call[0]).name, as<ListPointer>(call[1])->items));
            return true;
        }
        case 'b':
            // What hangs on a state_dict beside its tensors (its _metadata) is passed over.
            pop();
            as<DictPointer>(top());
            return true;
        default:
            return false;
        }
    }

    // ---- bytes
    std::string_view take(std::uint64_t count) {
        if (count > bytes_.size() - at_) {
            refusePickle("it ends in the middle");
        }
        const std::string_view part = bytes_.substr(at_, count);
        at_ += count;
        return part;
    }
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        const std::string_view part = take(count);
        for (std::size_t i = count; i-- > 0;) {
            value = value << 8 | static_cast<unsigned char>(part[i]);
        }
        return value;
    }
    std::string_view line() {
        const std::size_t end = bytes_.find('\n', at_);
        if (end == std::string_view::npos) {
            refusePickle("it ends in the middle");
        }
        const std::string_view text = take(end - at_);
        take(1);
        return text;
    }
    void pushLong(std::string_view digits) {
        if (digits.size() > 8) {
            push(PickleBigNumber{std::string(digits)});
            return;
        }
        const bool negative = !digits.empty() && static_cast<signed char>(digits.back()) < 0;
        std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
        for (std::size_t i = digits.size(); i-- > 0;) {
            value = value << 8 | static_cast<unsigned char>(digits[i]);
        }
        push(static_cast<std::int64_t>(value));
    }
    void pushReal() {
        std::uint64_t bits = 0;
        for (const char byte : take(8)) { // big-endian
            bits = bits << 8 | static_cast<unsigned char>(byte);
        }
        double value = 0.0;
        std::memcpy(&value, &bits, sizeof value);
        push(value);
    }

    // ---- stack
    void push(PickleValue value) { stack_.push_back(std::move(value)); }
    void pushGlobal(const std::string& name) {
        if (!isAllowed(name)) {
            refusePickle(fmt::format("it asks for '{}', which no tensor needs", name));
        }
        push(PickleGlobal{name});
    }
    std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }
    PickleValue& top() {
        if (stack_.size() <= floor()) {
            refusePickle("its operations do not fit together");
        }
        return stack_.back();
    }
    PickleValue pop() { return std::move(popMany(1)[0]); }
    std::vector<PickleValue> popMany(std::size_t count) {
        if (stack_.size() - floor() < count) {
            refusePickle("its operations do not fit together");
        }
        const auto first = stack_.end() - static_cast<std::ptrdiff_t>(count);
        std::vector<PickleValue> values(std::make_move_iterator(first),
                                        std::make_move_iterator(stack_.end()));
        stack_.erase(first, stack_.end());
        return values;
    }
    std::vector<PickleValue> popToMark() {
        if (marks_.empty()) {
            refusePickle("its operations do not fit together");
        }
        std::vector<PickleValue> values = popMany(stack_.size() - marks_.back());
        marks_.pop_back();
        return values;
    }
    template <typename T>
    static T& as(PickleValue& value) {
        if (T* const found = std::get_if<T>(&value)) {
            return *found;
        }
        refusePickle("its values are not of the kinds that a state_dict has");
    }
    template <typename T>
    static T as(PickleValue&& value) {
        return std::move(as<T>(value));
    }
    template <typename T>
    static const T& as(const PickleValue& value) {
        return as<T>(const_cast<PickleValue&>(value));
    }

    void append(std::vector<PickleValue> values) {
        auto& items = as<ListPointer>(top())->items;
        items.insert(items.end(), std::make_move_iterator(values.begin()),
                     std::make_move_iterator(values.end()));
    }
    void setItems(std::vector<PickleValue> values) {
        auto& items = as<DictPointer>(top())->items;
        if (values.size() % 2 != 0) {
            refusePickle("its operations do not fit together");
        }
        for (std::size_t i = 0; i < values.size(); i += 2) {
            items.emplace_back(std::move(values[i]), std::move(values[i + 1]));
        }
    }
    void recall(std::uint64_t key) {
        const auto found = memo_.find(key);
        if (found == memo_.end()) {
            refusePickle("its operations do not fit together");
        }
        push(found->second);
    }

    // ---- objects
    static void requireCount(const std::vector<PickleValue>& values, std::size_t count) {
        if (values.size() < count) {
            refusePickle("its values are not of the kinds that a state_dict has");
        }
    }
    /// ("storage", type, key, device, count) and, in old files, a view.
    static PickleStorage storageOf(const std::vector<PickleValue>& id) {
        requireCount(id, 5);
        const char* const dtype = storageType(as<PickleGlobal>(id[1]).name);
        if (as<std::string>(id[0]) != "storage" || dtype == nullptr) {
            refusePickle("its values are not of the kinds that a state_dict has");
        }
        if (id.size() > 5 && !std::holds_alternative<std::monostate>(id[5])) {
            refusePickle("its tensors are views of each other, as no program writes any more");
        }
        return {as<std::string>(id[2]), dtype, as<std::int64_t>(id[4])};
    }
    static std::vector<std::int64_t> numbersOf(const PickleValue& list) {
        std::vector<std::int64_t> numbers;
        for (const PickleValue& item : as<ListPointer>(list)->items) {
            numbers.push_back(as<std::int64_t>(item));
        }
        return numbers;
    }
    static PickleValue rebuilt(const std::string& function, const std::vector<PickleValue>& arguments) {
        if (function == "collections.OrderedDict") {
            return std::make_shared<PickleDict>();
        }
        if (function == "torch._utils._rebuild_parameter") {
            requireCount(arguments, 1);
            return as<PickleTensor>(arguments[0]);
        }
        if (function != "torch._utils._rebuild_tensor_v2") {
            refusePickle("it calls what cannot be called");
        }
        requireCount(arguments, 4);
        return PickleTensor{as<PickleStorage>(arguments[0]), as<std::int64_t>(arguments[1]),
                            numbersOf(arguments[2]), numbersOf(arguments[3])};
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::vector<PickleValue> stack_;
    std::vector<std::size_t> marks_;
    std::unordered_map<std::uint64_t, PickleValue> memo_;
};

} // namespace

PickleValue readPickle(std::string_view bytes, std::size_t* used) {
    PickleMachine machine(bytes);
    PickleValue value = machine.run();
    *used = machine.position();
    return value;
}

} // namespace alphascope::engine
