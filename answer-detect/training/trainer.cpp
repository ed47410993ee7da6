#include "answer-detect/training/trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/maths.h"
#include "base/rng.h"

namespace bellwether::answer_detect::training {
namespace {

// A batch is cut into fixed shards, so that neither their number nor the order of the additions
// depends on the threads.
constexpr std::size_t kShards = 4;
constexpr std::size_t kShardExamples = 16;
constexpr std::size_t kBatchExamples = kShards * kShardExamples;
constexpr double kWarmUpEpochs = 1;
constexpr float kLongestSlope = 1;      // the mean slope is shortened to this length
constexpr double kClearlyWorse = 1.1;   // than the lowest held-out loss
constexpr float kAverageShare = 0.01F;  // of each step, in the average that is kept

// Kingma and Ba, "Adam", 2015, with weight decay apart from the slope (Loshchilov and Hutter,
// 2019).
class Adam {
public:
    void step(Eigen::VectorXf& parameters, const Eigen::VectorXf& slope, double rate, float decay) {
        constexpr float first_share = 0.1F;
        constexpr float second_share = 0.002F;
        constexpr float smallest = 1e-8F;
        first_unseen_ *= 1 - static_cast<double>(first_share);
        second_unseen_ *= 1 - static_cast<double>(second_share);
        const auto first_scale = static_cast<float>(1 / (1 - first_unseen_));
        const auto second_scale = static_cast<float>(1 / (1 - second_unseen_));
        const auto by = static_cast<float>(rate);
        for (Eigen::Index i = 0; i < parameters.size(); ++i) {
            first_[i] += first_share * (slope[i] - first_[i]);
            second_[i] += second_share * (slope[i] * slope[i] - second_[i]);
            const float size = std::sqrt(second_[i] * second_scale) + smallest;
            parameters[i] -= by * (first_[i] * first_scale / size + decay * parameters[i]);
        }
    }

private:
    Eigen::VectorXf first_ = Eigen::VectorXf::Zero(Layout::kCount);
    Eigen::VectorXf second_ = Eigen::VectorXf::Zero(Layout::kCount);
    double first_unseen_ = 1;
    double second_unseen_ = 1;
};

void fill(Network& network, int at, int rows, int columns, double spread, Rng& rng) {
    for (int i = 0; i < rows * columns; ++i) {
        network.parameters[at + i] = static_cast<float>(rng.uniform(-spread, spread));
    }
}

void standardise(Network& network, std::span<const Lesson* const> lessons) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(kFeatureCount);
    Eigen::VectorXd squares = sum;
    double steps = 0;
    for (const auto* lesson : lessons) {
        const auto& features = lesson->takes.front().features;
        for (Eigen::Index step = 0; step < features.cols(); ++step) {
            const Eigen::VectorXd x = features.col(step).cast<double>();
            sum += x;
            squares += x.cwiseProduct(x);
        }
        steps += static_cast<double>(features.cols());
    }
    steps = std::max(steps, 1.0);
    for (Eigen::Index i = 0; i < kFeatureCount; ++i) {
        const double mean = sum[i] / steps;
        const double variance = std::max(squares[i] / steps - mean * mean, 1e-4);
        network.mean[i] = static_cast<float>(mean);
        network.scale[i] = static_cast<float>(1 / std::sqrt(variance));
    }
}

Network untrained(std::span<const Lesson* const> lessons, std::uint64_t seed) {
    Network network;
    Rng rng(seed, "first weights");
    const auto spread = [](int inputs) { return std::sqrt(3.0 / inputs); };
    fill(network, Layout::kDense, kDenseUnits, kFeatureCount, spread(kFeatureCount), rng);
    fill(network, Layout::kInput, kGateRows, kDenseUnits, spread(kDenseUnits), rng);
    fill(network, Layout::kState, kGateRows, kStateUnits, spread(kStateUnits), rng);
    fill(network, Layout::kHead, kHeadCount, kStateUnits, spread(kStateUnits) / 2, rng);
    // Open to begin with: a state that is kept for a second or so learns to count sooner.
    network.parameters.segment(Layout::kInputBias + kStateUnits, kStateUnits).setConstant(1);
    standardise(network, lessons);
    return network;
}

class School {
public:
    School(std::span<const Lesson* const> lessons, const TrainOptions& options,
           const ParallelFor& parallel_for)
        : lessons_(lessons),
          options_(options),
          parallel_for_(parallel_for),
          network_(untrained(lessons, options.seed)),
          average_(network_),
          rng_(options.seed, "lessons") {}

    double epoch(int number) {
        const auto chosen = choose_takes();
        Gradient all;
        const auto batches = (chosen.size() + kBatchExamples - 1) / kBatchExamples;
        for (std::size_t batch = 0; batch < batches; ++batch) {
            const double done =
                number - 1 + static_cast<double>(batch) / static_cast<double>(batches);
            const auto from = batch * kBatchExamples;
            const auto count = std::min(kBatchExamples, chosen.size() - from);
            const auto sum = gradient(std::span(chosen).subspan(from, count));
            all.loss += sum.loss;
            all.weight += sum.weight;
            learn(sum, rate_at(done));
        }
        return all.loss / std::max(all.weight, 1e-9);
    }

    [[nodiscard]] const Network& average() const { return average_; }

private:
    const Example* choose_take(const Lesson& lesson) {
        const auto takes = lesson.takes.size();
        const bool as_recorded = takes == 1 || rng_.uniform() < options_.as_recorded_share;
        return &lesson.takes[as_recorded ? 0 : 1 + rng_.below(takes - 1)];
    }

    std::vector<const Example*> choose_takes() {
        std::vector<const Example*> chosen;
        for (const auto* lesson : lessons_) {
            const auto times = static_cast<int>(lesson->share + rng_.uniform());
            for (int i = 0; i < times; ++i) chosen.push_back(choose_take(*lesson));
        }
        for (std::size_t i = chosen.size(); i > 1; --i)
            std::swap(chosen[i - 1], chosen[rng_.below(i)]);
        return chosen;
    }

    [[nodiscard]] double rate_at(double epochs_done) const {
        const double warm = std::min(1.0, (epochs_done + 0.05) / kWarmUpEpochs);
        const double fall =
            0.5 +
            0.5 * maths::cos_of_turns(0.5 * std::min(1.0, epochs_done / options_.fall_epochs));
        return options_.learning_rate * warm * fall;
    }

    Gradient gradient(std::span<const Example* const> batch) {
        std::array<Gradient, kShards> parts;
        const auto seed = options_.seed + 7919 * ++batches_done_;
        parallel_for_(kShards, [&](std::size_t shard) {
            const auto from = std::min(shard * kShardExamples, batch.size());
            const auto count = std::min(kShardExamples, batch.size() - from);
            Disturbance disturbance = options_.disturbance;
            disturbance.seed = seed * kShards + shard;
            parts[shard] = gradient_of(network_, batch.subspan(from, count), disturbance);
        });
        Gradient sum = std::move(parts[0]);
        for (std::size_t shard = 1; shard < kShards; ++shard) {
            sum.slope += parts[shard].slope;
            sum.loss += parts[shard].loss;
            sum.weight += parts[shard].weight;
        }
        return sum;
    }

    void learn(const Gradient& sum, double rate) {
        Eigen::VectorXf slope = sum.slope / static_cast<float>(std::max(sum.weight, 1.0));
        const float length = std::sqrt(slope.squaredNorm());
        if (length > kLongestSlope) slope *= kLongestSlope / length;
        adam_.step(network_.parameters, slope, rate, options_.weight_decay);
        const float share = std::max(kAverageShare, 1.0F / static_cast<float>(batches_done_));
        average_.parameters += share * (network_.parameters - average_.parameters);
    }

    std::span<const Lesson* const> lessons_;
    const TrainOptions& options_;
    const ParallelFor& parallel_for_;
    Network network_;
    Network average_;
    Adam adam_;
    Rng rng_;
    std::uint64_t batches_done_ = 0;
};

double held_out_loss(const Network& network, std::span<const Lesson* const> held_out,
                     const ParallelFor& parallel_for) {
    const auto shards = (held_out.size() + kShardExamples - 1) / kShardExamples;
    std::vector<Gradient> parts(shards);
    parallel_for(shards, [&](std::size_t shard) {
        std::vector<const Example*> examples;
        const auto end = std::min(held_out.size(), (shard + 1) * kShardExamples);
        for (auto i = shard * kShardExamples; i < end; ++i) {
            examples.push_back(&held_out[i]->takes.front());
        }
        parts[shard] = loss_of(network, examples);
    });
    double loss = 0;
    double weight = 0;
    for (const auto& part : parts) {
        loss += part.machine_loss;
        weight += part.machine_weight;
    }
    return loss / std::max(weight, 1e-9);
}

}  // namespace

void one_by_one(std::size_t count, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i) body(i);
}

Network train(std::span<const Lesson* const> lessons, std::span<const Lesson* const> held_out,
              const TrainOptions& options, const ParallelFor& parallel_for,
              const std::function<void(const EpochReport&)>& report) {
    BW_CHECK(!lessons.empty());
    School school(lessons, options, parallel_for);
    Network best = school.average();
    double lowest = 0;
    EpochReport told;
    int worse = 0;
    for (int epoch = 1; epoch <= options.epochs && worse < options.patience; ++epoch) {
        told.epoch = epoch;
        told.loss = school.epoch(epoch);
        if (!held_out.empty()) {
            told.held_out = held_out_loss(school.average(), held_out, parallel_for);
        }
        const double loss = told.held_out.value_or(0);
        worse = epoch > 1 && loss > kClearlyWorse * lowest ? worse + 1 : 0;
        if (worse == 0) {
            best = school.average();
            told.kept = epoch;
        }
        if (epoch == 1 || loss < lowest) lowest = loss;
        report(told);
    }
    return best;
}

}  // namespace bellwether::answer_detect::training
